import { z } from "zod";
import { createDownstreams, NeighbourFailed } from "../kit/downstream.ts";
import { HttpProblem } from "../kit/errors.ts";
import type { BreakerOptions } from "../kit/breaker.ts";
import type { Client, ClientAnswer } from "../kit/client.ts";
import type { CURRENCIES, PaymentType } from "../kit/money.ts";
import type { ServiceDeps } from "../kit/service-app.ts";
import type { Trace } from "../kit/trace.ts";

export const NEIGHBOURS = ["user", "payment"] as const;

interface Charge {
  readonly order_id: string;
  readonly amount: number;
  readonly currency: (typeof CURRENCIES)[number];
  readonly type: PaymentType;
}

/** The two services that creating an order needs. What they refuse is thrown as the order service's own refusal. */
export interface Neighbours {
  /** @throws HttpProblem 422 when there is no such user. */
  validateUser(userId: string, trace: Trace): Promise<void>;
  /**
   * @returns the payment's id.
   * @throws HttpProblem 402 or 403 when the payment is refused.
   */
  charge(charge: Charge, trace: Trace): Promise<string>;
}

export interface NeighboursOptions {
  deps: ServiceDeps;
  clients: Readonly<Record<(typeof NEIGHBOURS)[number], Client>>;
  breaker?: BreakerOptions;
}

const paid = z.looseObject({ id: z.string() });

const refusals: Readonly<Record<number, readonly [status: number, code: string, detail: string]>> = {
  400: [422, "unknown-user", "user_id: there is no such user"],
  404: [422, "unknown-user", "user_id: there is no such user"],
  402: [402, "payment-declined", "the payment was declined"],
  403: [403, "payment-refused", "the payment was refused by the fraud check"],
  429: [429, "too-many-requests", "too many requests; try again later"],
};

/** Puts each neighbour behind a breaker of its own. */
export function createNeighbours({ deps, clients, breaker = {} }: NeighboursOptions): Neighbours {
  const { registry, logger, faults } = deps;
  const { user, payment } = createDownstreams(NEIGHBOURS, { registry, logger, faults, breaker });
  return {
    async validateUser(userId, trace) {
      const path = `/api/users/validate?user_id=${encodeURIComponent(userId)}`;
      const answer = await user.call(async (signal) =>
        expected(await clients.user({ method: "GET", path, trace, signal }), [200, 400, 404, 429]),
      );
      if (answer.status !== 200) throw refused(answer.status);
    },
    async charge(charge, trace) {
      const request = { method: "POST", path: "/api/payments", body: charge, trace } as const;
      const { status, id } = await payment.call(async (signal) => {
        const answer = expected(await clients.payment({ ...request, signal }), [201, 402, 403]);
        return { status: answer.status, id: answer.status === 201 ? paymentId(answer.body) : "" };
      });
      if (status !== 201) throw refused(status);
      return id;
    },
  };
}

/** Any other refusal means that the two services do not understand each other, which is not the caller's doing. */
function expected(answer: ClientAnswer, statuses: readonly number[]): ClientAnswer {
  if (statuses.includes(answer.status)) return answer;
  throw new NeighbourFailed(`answered ${answer.status}`);
}

function paymentId(body: unknown): string {
  const parsed = paid.safeParse(body);
  if (parsed.success) return parsed.data.id;
  throw new NeighbourFailed("answered 201 without a payment's id", { cause: parsed.error });
}

function refused(status: number): HttpProblem {
  const [ours, code, detail] = refusals[status] ?? [502, "downstream-failed", "a neighbour failed"];
  return new HttpProblem(ours, code, detail);
}
