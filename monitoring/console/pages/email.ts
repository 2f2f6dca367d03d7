import { html } from "hono/html";
import { clip } from "../clip.ts";
import { SHOWN_TEXT } from "../limits.ts";
import type { Notification } from "../notification.ts";
import { parseEmail, printAddresses } from "../receive/email.ts";
import { facts, nothing } from "./html.ts";
import type { Html } from "./html.ts";

/**
 * What a frame with a mail's HTML may do: be styled by itself, and nothing else. No script, no form, no navigation, no
 * origin, nothing loaded from anywhere. A document of its own, since one inside the page would inherit the page's
 * policy and lose its styles.
 */
export const EMAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/**
 * A mail as a mail client shows it: head, body (HTML in its sandbox, if it has any), text, attachments by name.
 *
 * @returns undefined when the source does not parse.
 */
export async function emailMessage({ id, raw, summary }: Notification): Promise<Html | undefined> {
  const email = await parseEmail(raw).catch(() => undefined);
  if (email === undefined) return undefined;
  const text = html`<pre class="mail-text">${clip(email.text ?? "", SHOWN_TEXT)}</pre>`;
  return html`<section class="mail">
    <h2 id="message-title">${email.subject || summary}</h2>
    ${facts([
      ["from", printAddresses([email.from])],
      ["to", printAddresses(email.to ?? [])],
      ["cc", printAddresses(email.cc ?? [])],
      ["date", email.date],
    ])}
    ${
      email.html
        ? html`<iframe
              src="/inbox/${id}/email.html"
              sandbox=""
              title="The mail's HTML"
              referrerpolicy="no-referrer"
            ></iframe>
            <p class="muted">Shown without scripts, remote images and working links; its links are below.</p>
            ${
              email.text
                ? html`<details>
                    <summary>As text</summary>
                    ${text}
                  </details>`
                : nothing
            }`
        : text
    }
    ${
      email.attachments.length === 0
        ? nothing
        : html`<p>
            <span class="muted">Attachments, in the raw payload only:</span>
            ${email.attachments.map(({ filename, mimeType }) => filename ?? mimeType).join(", ")}
          </p>`
    }
  </section>`;
}

/** The document of that frame; null when the notification is no mail or has no HTML. To be served with `EMAIL_POLICY`. */
export async function emailDocument({ channel, raw }: Notification): Promise<string | null> {
  if (channel !== "email") return null;
  const email = await parseEmail(raw).catch(() => undefined);
  return email?.html ?? null;
}
