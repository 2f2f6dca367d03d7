/** Done-when 6, with the real programs: no fault outlives its service, its time, or needs the console to end it. */
import { expect, it, onTestFinished } from "vitest";
import { startListening } from "../../../loadgen/bench/program.ts";
import { services } from "../../../services/topology.ts";
import { startConsoleProcess } from "../bench/console-process.ts";
import { temporaryDirectory } from "../testing.ts";

const TIMEOUT = 120_000;
const PATIENCE = { timeout: 60_000, interval: 250 };
/** The service counts with the monotonic clock and tells the wall clock's time; milliseconds between the two. */
const CLOCKS = 100;
const main = services.find(({ name }) => name === "payment")?.main ?? "";

interface Fault {
  readonly expires_at: string;
}

async function startPayment() {
  const env = { PORT: "0", ADMIN_PORT: "0", READY_DELAY: "0s" };
  const { kill, adminPort } = await startListening({ name: "payment", main, env });
  onTestFinished(() => kill());
  const admin = `http://127.0.0.1:${adminPort}`;
  const faults = async (): Promise<readonly Fault[]> =>
    ((await (await fetch(`${admin}/faults`)).json()) as { active: Fault[] }).active;
  const switchOn = async (lasts: string): Promise<Fault> => {
    const answer = await fetch(`${admin}/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ fault: "outage", variant: "503", for: lasts }),
    });
    expect(answer.status).toBe(201);
    return (await answer.json()) as Fault;
  };
  return { kill, admin, faults, switchOn };
}

it(
  "a service that is started again has no fault",
  async () => {
    const first = await startPayment();
    await first.switchOn("1h");
    expect(await first.faults()).toHaveLength(1);
    await first.kill();
    const second = await startPayment();
    expect(await second.faults()).toEqual([]);
  },
  TIMEOUT,
);

it(
  "a fault goes on when the console is killed, and ends at its time with nobody there to end it",
  async () => {
    const payment = await startPayment();
    const directory = temporaryDirectory();
    const { kill, port } = await startConsoleProcess(directory, { PAYMENT_ADMIN_URL: payment.admin });
    onTestFinished(() => kill());
    const console = `http://127.0.0.1:${port}`;
    const overview = async (): Promise<string> => (await fetch(console)).text();
    await expect.poll(overview, PATIENCE).toContain("payment/outage/503/");
    const clicked = await fetch(`${console}/faults`, {
      method: "POST",
      headers: { origin: console, "content-type": "application/x-www-form-urlencoded" },
      body: "for=30s&switch=payment%2Foutage%2F503%2F",
      redirect: "manual",
    });
    expect(clicked.status).toBe(303);
    await kill();
    const [fault] = await payment.faults();
    await expect.poll(payment.faults, PATIENCE).toEqual([]);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(fault?.expires_at ?? "") - CLOCKS);
  },
  TIMEOUT,
);
