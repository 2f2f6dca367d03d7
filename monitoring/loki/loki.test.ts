import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const config = parse(readFileSync(new URL("loki.yml", import.meta.url), "utf8"));

describe("loki.yml", () => {
  it("stores in the form that structured metadata needs", () => {
    expect(config.schema_config.configs).toEqual([
      expect.objectContaining({ store: "tsdb", schema: "v13", index: { prefix: "index_", period: "24h" } }),
    ]);
    expect(config.limits_config.allow_structured_metadata).toBe(true);
  });

  it("has the limits of the reference", () => {
    expect(config.limits_config).toMatchObject({
      retention_period: "744h",
      max_query_length: "721h",
      max_query_parallelism: 32,
      ingestion_rate_mb: 10,
      ingestion_burst_size_mb: 20,
      per_stream_rate_limit: "5MB",
      per_stream_rate_limit_burst: "15MB",
      max_line_size: "256KB",
      max_global_streams_per_user: 10_000,
    });
    expect(config.compactor).toMatchObject({ compaction_interval: "10m", retention_delete_delay: "2h" });
  });

  it("deletes what is older, which needs a place for its own notes", () => {
    expect(config.compactor).toMatchObject({ retention_enabled: true, delete_request_store: "filesystem" });
  });

  it("survives being killed", () => {
    expect(config.ingester.wal).toMatchObject({ enabled: true, dir: "/loki/wal", flush_on_shutdown: true });
  });

  it("is ready within seconds", () => {
    expect(config.ingester.lifecycler.min_ready_duration).toBe("1s");
  });

  it("adds no label of its own, and tells nobody that it runs", () => {
    expect(config.limits_config).toMatchObject({ discover_service_name: [], discover_log_levels: false });
    expect(config.analytics).toEqual({ reporting_enabled: false });
  });

  it("writes only below its volume", () => {
    const places = JSON.stringify(config).match(/"\/[^"]*"/g) ?? [];
    expect(places.filter((place) => !/^"\/loki(\/|")/.test(place))).toEqual([]);
    expect(places).toContain('"/loki/chunks"');
  });
});
