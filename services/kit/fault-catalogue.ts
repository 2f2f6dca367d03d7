/** What a fault does to requests, or to calls to a neighbour. */
export type FaultEffect =
  | { readonly kind: "errors"; /** Share of requests, 0 to 1. */ readonly share: number }
  | { readonly kind: "latency"; readonly milliseconds: number }
  | { readonly kind: "outage"; readonly answer: "refuse" | "hang" }
  | { readonly kind: "dependency"; readonly call: "slow" | "dead" };

interface FaultVariant {
  readonly name: string;
  readonly description: string;
  readonly effect: FaultEffect;
}

export interface FaultKind {
  readonly name: string;
  readonly description: string;
  readonly variants: readonly FaultVariant[];
  /** True when a fault of this kind is aimed at one neighbour. */
  readonly targeted: boolean;
}

/** Longer than any caller of ours waits. Milliseconds. */
export const HANG_LIMIT = 30_000;
/** What a slow neighbour adds to a call: over every latency objective, under the callers' timeout. Milliseconds. */
export const SLOW_CALL = 1000;

/** Everything that can be broken on purpose. The console and the admin API show it as it stands here. */
export const faultCatalogue: readonly FaultKind[] = [
  {
    name: "errors",
    description: "A share of the requests answers 500, as after a bad deploy.",
    targeted: false,
    variants: ([1, 5, 20, 50, 100] as const).map((percent) => ({
      name: `${percent}%`,
      description: percent === 100 ? "Every request fails." : `${percent} in 100 requests fail.`,
      effect: { kind: "errors", share: percent / 100 },
    })),
  },
  {
    name: "latency",
    description: "Every request takes longer, as with a slow database.",
    targeted: false,
    variants: [
      {
        name: "+300ms",
        description: "300 ms more: noticeable, often still inside the objective.",
        effect: { kind: "latency", milliseconds: 300 },
      },
      {
        name: "+1s",
        description: "1 s more: every request misses a 500 ms objective.",
        effect: { kind: "latency", milliseconds: 1000 },
      },
      {
        name: "+5s",
        description: "5 s more: callers with a timeout give up.",
        effect: { kind: "latency", milliseconds: 5000 },
      },
    ],
  },
  {
    name: "outage",
    description: "The service is there and serves nobody.",
    targeted: false,
    variants: [
      {
        name: "503",
        description: "Answers 503 at once.",
        effect: { kind: "outage", answer: "refuse" },
      },
      {
        name: "hang",
        description: "Takes requests and does not answer within their callers' timeout.",
        effect: { kind: "outage", answer: "hang" },
      },
    ],
  },
  {
    name: "dependency",
    description: "Calls to one neighbour suffer; the neighbour itself is well.",
    targeted: true,
    variants: [
      {
        name: "slow",
        description: "Each call takes 1 s more.",
        effect: { kind: "dependency", call: "slow" },
      },
      {
        name: "dead",
        description: "Each call fails to connect; the breaker opens.",
        effect: { kind: "dependency", call: "dead" },
      },
    ],
  },
];
