import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { portsAt } from "../ports.ts";
import { deriveLoki } from "./loki.ts";

const source: unknown = parse(readFileSync(new URL("../../loki/loki.yml", import.meta.url), "utf8"));

describe("Loki's configuration in a lab", () => {
  const { config } = deriveLoki(source, { ports: portsAt(100), stateDirectory: "/state" });

  it("listens on this stack's ports of the loopback only", () => {
    expect(config).toMatchObject({
      server: {
        http_listen_address: "127.0.0.1",
        http_listen_port: 3200,
        grpc_listen_address: "127.0.0.1",
        grpc_listen_port: 9195,
      },
      frontend_worker: { frontend_address: "127.0.0.1:9195" },
    });
  });

  it("keeps all of its data in the state folder", () => {
    const text = JSON.stringify(config);
    expect(text.match(/"\/loki[/"]/g)).toBeNull();
    expect(config).toMatchObject({
      common: {
        path_prefix: "/state/loki",
        storage: { filesystem: { chunks_directory: "/state/loki/chunks" } },
      },
      ingester: { wal: { dir: "/state/loki/wal" } },
      compactor: { working_directory: "/state/loki/compactor" },
    });
  });

  it("keeps the limits of the hand-written file", () => {
    const { limits_config } = source as { limits_config: unknown };
    expect(config["limits_config"]).toEqual(limits_config);
  });
});
