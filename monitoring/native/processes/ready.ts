/** How long one look may take, in milliseconds. */
const LOOK_MS = 2000;

/** Whether an address answers 2xx now; a refused connection or a slow answer is a no. */
export async function isReady(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
