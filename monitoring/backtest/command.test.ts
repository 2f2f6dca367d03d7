import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { run } from "../compiler/cli/run.ts";
import { reportSchema } from "./report/report.ts";
import { fakeServer, instantAnswer, rangeAnswer } from "./testing/fake-prometheus.ts";
import type { Question } from "./testing/fake-prometheus.ts";

const now = Date.UTC(2026, 10, 8) / 1000;

/** Runs `slo backtest` with words. */
async function backtest(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    now: () => now,
  };
  const code = await run(["backtest", ...words], terminal);
  return { code, out, err };
}

function file(name: string, content: unknown): string {
  const folder = mkdtempSync(path.join(tmpdir(), "burnrate-backtest-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const place = path.join(folder, name);
  writeFileSync(place, typeof content === "string" ? content : JSON.stringify(content));
  return place;
}

const incident = {
  name: "bad-deploy",
  service: "order",
  kind: "errors",
  start: "2026-11-05T10:00:00Z",
  end: "2026-11-05T10:30:00Z",
  share: 0.2,
  sli: ["availability"],
  description: "A release that fails one request in five.",
};
const truth = {
  seed: 1,
  from: "2026-11-01T00:00:00Z",
  to: "2026-11-08T00:00:00Z",
  time_scale: 1,
  incidents: [incident],
};

/** 6,000 events a minute; one in five is bad in the incident, and one in fifty for twelve minutes the day after. */
function orderService({ path, form }: Question): readonly [number, unknown] {
  const query = form.get("query") ?? "";
  if (path === "/api/v1/query") return [200, instantAnswer(60)];
  const bad = (at: number): number => {
    if (at > Date.parse(incident.start) / 1000 && at <= Date.parse(incident.end) / 1000) return 1200;
    const blip = Date.UTC(2026, 10, 6, 12) / 1000;
    return at > blip && at <= blip + 720 ? 120 : 0;
  };
  return [200, rangeAnswer(form, query.includes("5..") ? bad : () => 6000)];
}

const order = "monitoring/slo/order.yaml";

// A slow machine is no failure.
describe("slo backtest", { timeout: 60_000 }, () => {
  it("judges four policies by the known incidents", async () => {
    const url = await fakeServer(orderService);
    const { code, out, err } = await backtest(
      "--prometheus",
      url,
      order,
      "--incidents",
      file("incidents.json", truth),
    );
    expect([code, err]).toEqual([0, ""]);
    expect(out.replace(/\d+\.\d s, peak memory \d+ MB/, "0.0 s, peak memory 100 MB")).toMatchInlineSnapshot(`
      "2 SLOs from 2026-11-01 00:00 to 2026-11-08 00:00 UTC, step 1m, 1 known incident

        policy     pages  false  precision  recall       by page  detection  reset   budget spent  tickets  apart
        burnrate   2      0      100 %      100 % (1/1)  1        5 min      30 min  2.3 %         2        0
        sloth      1      0      100 %      100 % (1/1)  1        5 min      30 min  2.3 %         1        0
        pyrra      2      0      100 %      100 % (1/1)  1        7 min      31 min  3.2 %         1        0
        threshold  2      1      50 %       100 % (1/1)  1        6 min      5 min   2.8 %         0        0

        sloth against burnrate: no different
        pyrra against burnrate: 120 s slower to page and 60 s longer to reset
        threshold against burnrate: 1 more false page, which fired for 7 min, 60 s slower to page and 25 min shorter to reset

        incident    harmed              burn rate  began             lasted  burnrate               sloth             pyrra                threshold
        bad-deploy  order availability  200×       2026-11-05 10:00  30 min  page-fast after 5 min  page after 5 min  burn-14 after 7 min  over-1-percent after 6 min

      burnrate: the SLO's own tiers, as \`slo compile\` writes them
        2026-11-05 10:05  page    page-fast    order-availability  30 min   2.3 % of the budget  bad-deploy
        2026-11-05 10:11  page    page-slow    order-availability  49 min   5.1 % of the budget  bad-deploy
        2026-11-05 10:22  ticket  ticket-fast  order-availability  127 min  10 % of the budget   bad-deploy
        2026-11-05 10:22  ticket  ticket-slow  order-availability  6.12 h   10 % of the budget   bad-deploy

      sloth: sloth's shape: one page and one ticket, each of two window pairs
        2026-11-05 10:05  page    page    order-availability  55 min  2.3 % of the budget  bad-deploy
        2026-11-05 10:22  ticket  ticket  order-availability  6.12 h  10 % of the budget   bad-deploy

      pyrra: pyrra's shape: burn rates 14, 7, 2 and 1 over stretched windows, each with a \`for\`
        2026-11-05 10:07  page    burn-14  order-availability  28 min  3.2 % of the budget  bad-deploy
        2026-11-05 10:30  page    burn-7   order-availability  31 min  14 % of the budget   bad-deploy
        2026-11-05 11:20  ticket  burn-2   order-availability  78 min  14 % of the budget   bad-deploy

      threshold: a plain threshold: error rate over 1 % for 5 minutes
        2026-11-05 10:06  page  over-1-percent  order-availability  29 min  2.3 % of the budget   bad-deploy
        2026-11-06 12:08  page  over-1-percent  order-availability  7 min   0.23 % of the budget  no known incident

      120,972,000 events, read as 65,008 points in 18 requests: 0.0 s, peak memory 100 MB
      "
    `);
  });

  it("prints JSON of its schema, with the same verdicts", async () => {
    const url = await fakeServer(orderService);
    const incidents = file("incidents.json", truth);
    const { code, out } = await backtest("--prometheus", url, order, "--incidents", incidents, "--json");
    const report = reportSchema.parse(JSON.parse(out));
    expect(code).toBe(0);
    expect(report.qualities.map(({ policy, falsePages, recall }) => [policy, falsePages, recall])).toEqual([
      ["burnrate", 0, 1],
      ["sloth", 0, 1],
      ["pyrra", 0, 1],
      ["threshold", 1, 1],
    ]);
    expect(report.firings.find(({ incident }) => incident === null)).toMatchObject({
      policy: "threshold",
      start: "2026-11-06T12:08:00.000Z",
      end: "2026-11-06T12:15:00.000Z",
      seconds: 420,
    });
  });

  it("counts what it cannot judge where no incidents are known", async () => {
    const url = await fakeServer(orderService);
    const { out } = await backtest("--prometheus", url, order, "--from", "7d", "--policy", "threshold");
    expect(out).toContain("  policy     pages  tickets\n  threshold  2      0\n");
    expect(out).toContain("Give --incidents FILE to judge the policies");
  });

  it("compares a policy of one's own", async () => {
    const url = await fakeServer(orderService);
    const own = file(
      "own.yaml",
      "name: mine\nalerts: [{ name: any, severity: page, long: 1h, errors: 0.5 }]",
    );
    const { code, out } = await backtest(
      "--prometheus",
      url,
      order,
      "--from",
      "7d",
      "--policy",
      `burnrate,${own}`,
    );
    expect(code).toBe(0);
    expect(out).toContain(`mine: the policy of ${own}\n  would never have fired\n`);
  });

  it("says who asks, by token, header or login", async () => {
    const seen: unknown[] = [];
    const url = await fakeServer((question) => {
      seen.push([question.headers["authorization"], question.headers["x-scope-orgid"]]);
      return orderService(question);
    });
    const range = [order, "--from", "1h", "--policy", "threshold", "--step", "60s"];
    const token = file("token", "s3cret\n");
    await backtest(
      "--prometheus",
      url,
      "--bearer-token-file",
      token,
      "--header",
      "X-Scope-OrgID: a",
      ...range,
    );
    expect(seen[0]).toEqual(["Bearer s3cret", "a"]);
    seen.length = 0;
    await backtest("--prometheus", url.replace("//", "//ann:p%40ss@"), ...range);
    expect(seen[0]).toEqual([`Basic ${Buffer.from("ann:p@ss").toString("base64")}`, undefined]);
  });

  it("notes data that begins late, and windows that were never full", async () => {
    const begin = Date.UTC(2026, 10, 7) / 1000;
    const url = await fakeServer(({ path, form }) =>
      path === "/api/v1/query"
        ? [200, instantAnswer(60)]
        : [200, rangeAnswer(form, (at) => (at < begin ? undefined : 10))],
    );
    const { out } = await backtest("--prometheus", url, order, "--from", "7d", "--policy", "burnrate");
    expect(out).toContain(
      "Note: data begins at 2026-11-07T00:00:00.000Z, after the start of the range: Prometheus' retention is shorter, or the service is younger.\n" +
        "Note: the window of burnrate's ticket-slow, 3d, is longer than the history, 1d: it saw only what there is.\n",
    );
  });

  it("asks for less where Prometheus cannot give so much at once", async () => {
    const lengths: number[] = [];
    const url = await fakeServer((question) => {
      const { form, path } = question;
      if (path === "/api/v1/query") return [200, instantAnswer(60)];
      const points = (Number(form.get("end")) - Number(form.get("start"))) / 60 + 1;
      lengths.push(points);
      const error = "query processing would load too many samples into memory in query execution";
      return points > 3000
        ? [422, { status: "error", errorType: "execution", error }]
        : orderService(question);
    });
    const { code } = await backtest("--prometheus", url, order, "--from", "7d", "--policy", "burnrate");
    expect(code).toBe(0);
    expect(Math.max(...lengths.slice(-4))).toBeLessThanOrEqual(2500);
  });
});

describe("slo backtest refuses", { timeout: 60_000 }, () => {
  const fine = ["--prometheus", "http://127.0.0.1:1", order];
  const help = "See npm run --silent slo -- backtest --help\n";

  it.each([
    [
      [order],
      `backtest: --prometheus: got nothing, want the address of a Prometheus, such as http://127.0.0.1:9090\n`,
    ],
    [
      ["--prometheus", "localhost:9090", order],
      `backtest: --prometheus: got "localhost:9090", want an http or https address, such as http://127.0.0.1:9090\n`,
    ],
    [["--prometheus", "http://127.0.0.1:1"], "backtest: name at least one file or folder\n"],
    [
      [...fine, "--from", "yesterday"],
      `backtest: --from: got "yesterday", want a moment such as 2026-11-01T00:00:00Z, or a time ago such as 30d\n`,
    ],
    [[...fine, "--step", "soon"], `backtest: --step: got "soon", want a duration such as 60s or 5m\n`],
    [[...fine, "--time-scale", "100"], `backtest: --time-scale: got "100", want a number from 1 to 60\n`],
    [[...fine, "--polcy", "sloth"], "backtest: unknown option --polcy; did you mean --policy?\n"],
  ])("the command line %j", async (words, message) => {
    const { code, err, out } = await backtest(...words);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe(`slo ${message}${help}`);
  });

  it.each([
    [
      ["--from", "2026-11-03T00:00:00Z", "--to", "2026-11-02T00:00:00Z"],
      "the range begins at 2026-11-03T00:00:00.000Z, which is not before its end, 2026-11-02T00:00:00.000Z. Swap --from and --to",
    ],
    [
      ["--policy", "slot"],
      '--policy: there is no policy "slot"; want burnrate, sloth, pyrra, threshold, or a file such as ./policy.yaml',
    ],
    [["--header", "secret"], '--header: want "Name: value"'],
    [["--policy", "sloth,sloth"], "--policy: two policies are called sloth; name each once"],
    [["--policy", "./nowhere.yaml"], "./nowhere.yaml: there is no such file"],
    [["--bearer-token-file", "/nowhere/token"], "/nowhere/token: there is no such file"],
    [["--incidents", "/nowhere/incidents.json"], "/nowhere/incidents.json: there is no such file"],
    [
      ["--step", "10m"],
      "a step of 10m is longer than the shortest window of the policies, 5m. Give a shorter --step",
    ],
    [["--step", "60s", "--from", "2026-11-07T23:59:30Z"], "the range is shorter than one step of 1m"],
  ])("%j", async (words, message) => {
    const { code, err } = await backtest(...fine, ...words);
    expect([code, err]).toEqual([1, `${message}\n`]);
  });

  it("an address at which nobody listens", async () => {
    const { code, err } = await backtest(...fine, "--step", "60s");
    expect([code, err]).toEqual([
      1,
      "http://127.0.0.1:1/api/v1/query_range cannot be reached: bad port; gave up after 3 tries. Look whether Prometheus runs there\n",
    ]);
  });

  it.each([
    [
      200,
      "<html>Welcome</html>",
      "is not a Prometheus: its answer (200) has another form. Give the address under which /api/v1/query answers, with the path prefix if there is one",
    ],
    [
      404,
      "not found",
      "is not a Prometheus: its answer (404) has another form. Give the address under which /api/v1/query answers, with the path prefix if there is one",
    ],
    [
      401,
      "who are you",
      'answered 401: it wants to know who asks. Give --bearer-token-file FILE or --header "Name: value"',
    ],
    [
      400,
      { status: "error", errorType: "bad_data", error: "invalid parameter" },
      "refused a query: bad_data: invalid parameter",
    ],
  ])("a server that answers %i %j", async (status, body, message) => {
    const url = await fakeServer(() => [status, body]);
    const { code, err } = await backtest("--prometheus", url, order);
    expect([code, err]).toEqual([1, `${url} ${message}\n`]);
  });

  it("a range in which there is nothing", async () => {
    const url = await fakeServer(({ path, form }) => [
      200,
      path === "/api/v1/query" ? instantAnswer(undefined) : rangeAnswer(form, () => undefined),
    ]);
    const { code, err } = await backtest("--prometheus", url, order, "--from", "2d");
    expect(code).toBe(1);
    expect(err).toBe(
      "no SLO has data from 2026-11-06T00:00:00.000Z to 2026-11-08T00:00:00.000Z. Prometheus may keep samples for a shorter time " +
        "(--storage.tsdb.retention.time), or not have the series: try " +
        'http_requests_total{service="order",path!="unmatched"} there\n',
    );
  });

  it("files without an SLO, and files with mistakes", async () => {
    const alone = file(
      "service.yaml",
      "apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: shop\nspec: {}\n",
    );
    expect(await backtest("--prometheus", "http://127.0.0.1:1", alone)).toMatchObject({
      code: 1,
      err: "There is no SLO among these files.\n",
    });
    const { code, err } = await backtest("--prometheus", "http://127.0.0.1:1", "/nowhere/slo");
    expect(code).toBe(1);
    expect(err).toMatch(/^Errors:\n\/nowhere\/slo/);
  });

  it.each([
    [
      { ...truth, incidents: [{ ...incident, colour: "red" }] },
      'FILE: incidents.0: Unrecognized key: "colour"\nmonitoring/history/README.md says how the file is written.',
    ],
    [
      "{",
      "FILE: Expected property name or '}' in JSON at position 1 (line 1 column 2). monitoring/history/README.md says how the file is written.",
    ],
    [
      { ...truth, incidents: [{ ...incident, service: "shop" }] },
      "no incident is about one of the SLOs: bad-deploy is about shop availability. Service and SLI must be named as in the SLO files",
    ],
    [
      { ...truth, incidents: [{ ...incident, start: "2025-11-05T10:00:00Z", end: "2025-11-05T11:00:00Z" }] },
      "no incident begins in the range 2026-11-01T00:00:00.000Z to 2026-11-08T00:00:00.000Z: they begin 2025-11-05T10:00:00.000Z to 2025-11-05T10:00:00.000Z. Choose --from and --to around them",
    ],
  ])("the incidents %j", async (content, message) => {
    const place = file("incidents.json", content);
    const { code, err } = await backtest(...fine, "--step", "60s", "--incidents", place);
    expect([code, err.replaceAll(place, "FILE")]).toEqual([1, `${message}\n`]);
  });
});
