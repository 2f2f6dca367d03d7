/** What the comparison servers answer: as much JSON as the user service does. */

/** A user record. */
export function sampleUser(id: string): Record<string, string> {
  return {
    id,
    name: "Ada Lovelace",
    email: "ada@example.com",
    status: "active",
    created_at: "2026-01-01T00:00:00.000Z",
  };
}

/** A fresh session. */
export function sampleSession(userId: string): Record<string, string> {
  return {
    user_id: userId,
    session_id: "ses-00000000-0000-4000-8000-000000000000",
    expires_at: "2026-01-01T01:00:00.000Z",
  };
}
