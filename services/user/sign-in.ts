import { randomUUID } from "node:crypto";
import { HttpProblem } from "../kit/errors.ts";
import { spend } from "../kit/latency.ts";
import type { Answer } from "../kit/errors.ts";
import type { AuthResult } from "./behaviour.ts";
import type { Directory } from "./directory.ts";
import type { UserMetrics } from "./metrics.ts";
import type { UserModel } from "./model.ts";

/** Seconds that a token would be good for, if anything asked for one. */
const TOKEN_LIFE = 3600;

const refusals: Record<Exclude<AuthResult, "success">, HttpProblem> = {
  invalid_credentials: new HttpProblem(401, "invalid-credentials", "the user or the password is wrong"),
  account_locked: new HttpProblem(423, "account-locked", "the account is locked"),
  rate_limited: new HttpProblem(429, "too-many-tries", "too many tries; wait a minute", {
    headers: { "retry-after": "60" },
  }),
};

/**
 * Signs a user in. Which password is right is simulated: it is neither compared nor kept. An unknown user is refused
 * as a wrong password is, so that nobody can find out who has an account.
 */
export function createSignIn(model: UserModel, directory: Directory, metrics: UserMetrics) {
  return async function signIn(userId: string): Promise<Answer> {
    const user = await directory.find(userId);
    await spend(model.takes.hashPassword());
    const result = user === undefined ? "invalid_credentials" : model.signInResult();
    metrics.authAttempts.inc({ result });
    if (result !== "success") throw refusals[result];
    return { status: 200, body: { user_id: userId, token: randomUUID(), expires_in: TOKEN_LIFE } };
  };
}
