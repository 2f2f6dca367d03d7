/** What the tests of the fault switches share: the services' own listeners, on real ports. */
import { onTestFinished } from "vitest";
import { createAdminApp } from "../../../services/kit/admin.ts";
import { listen } from "../../../services/kit/server.ts";
import { testDeps } from "../../../services/kit/testing.ts";
import { createSwitches } from "../../faults/switches.ts";

/** Starts the admin listeners of payment and order. Each `stop` closes one, `board` is what is on there. */
export async function adminListeners(token?: string) {
  const start = async (targets: readonly string[]) => {
    const { board, logger } = testDeps({ targets });
    const fetch = createAdminApp({ board, logger, token }).fetch;
    const server = await listen({ fetch, host: "127.0.0.1", port: 0 });
    const stop = (): Promise<unknown> => server.stop(100);
    onTestFinished(() => void stop());
    return { board, stop, port: server.port, url: `http://127.0.0.1:${server.port}` };
  };
  const [payment, order] = await Promise.all([start(["fraud-check"]), start(["payment", "user"])]);
  const switches = createSwitches({
    PAYMENT_ADMIN_URL: payment.url,
    ORDER_ADMIN_URL: order.url,
    USER_ADMIN_URL: undefined,
    LOADGEN_ADMIN_URL: undefined,
    ADMIN_TOKEN: token,
  });
  return { payment, order, switches };
}
