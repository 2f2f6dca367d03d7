import { paymentTypes } from "../scenarios.ts";
import { services } from "../../services/topology.ts";
import type { LoadCase } from "./closed-loop.ts";

/** A server that `bench:services` measures. */
export interface Contender {
  readonly name: string;
  /** The file to run, relative to the repository's root; it listens on `PORT`. */
  readonly main: string;
  readonly cases: readonly Omit<LoadCase, "url">[];
}

/** What both comparison servers and the user service can do. */
const userCases = [
  { method: "GET", path: "/api/users/usr-100", wantStatus: [200] },
  {
    method: "POST",
    path: "/api/users/auth",
    body: { user_id: "usr-100", password: "correct horse" },
    wantStatus: [200],
  },
] as const;
