/** Numbers and times as people read them. Pure; units always; a true minus sign. */

const STEPS: readonly (readonly [unit: string, seconds: number])[] = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
];

/** `99.847 %`: a share in percent, with two digits more than its objective needs. */
export function percentLike(share: number | null, objective: number | null): string {
  if (share === null) return "–";
  const digits = (objective === null ? 1 : decimalsOf(objective * 100)) + 2;
  return `${minus((share * 100).toFixed(Math.min(digits, 6)))} %`;
}

/** `99.9 %`: a share in percent, with as many digits as it has. */
export function percent(share: number | null): string {
  return share === null ? "–" : `${minus(String(Number((share * 100).toPrecision(10))))} %`;
}

/** `−53 %`: a share in whole percent; one decimal below 10 %, so that the last of a budget does not read as none. */
export function wholePercent(share: number | null): string {
  if (share === null) return "–";
  const value = share * 100;
  return `${minus(Math.abs(value) < 10 && value !== 0 ? value.toFixed(1) : value.toFixed(0))} %`;
}

/** `1.5×`: a burn rate with two significant digits. */
export function times(rate: number | null): string {
  if (rate === null) return "–";
  return `${minus(rate >= 10 ? rate.toFixed(0) : rate.toPrecision(rate < 0.1 ? 1 : 2))}×`.replace(
    /^0\.0+×$/,
    "0×",
  );
}

/** `2 d 4 h`: a duration in its two largest units. */
export function span(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of STEPS) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * size;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? "0 s" : parts.join(" ");
}

/** `12 s ago`: an age in its largest unit. The script in `static/console.js` counts on in the same words. */
export function ago(at: Date, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 1000));
  const [unit, size] = STEPS.find(([, size]) => seconds >= size) ?? ["s", 1];
  return `${Math.floor(seconds / size)} ${unit} ago`;
}

/** `12 408`: a count, rounded, in groups of three. */
export function count(value: number | null): string {
  return value === null ? "–" : Math.round(value).toLocaleString("en").replaceAll(",", " ");
}

function decimalsOf(value: number): number {
  return (String(Number(value.toPrecision(10))).split(".")[1] ?? "").length;
}

function minus(text: string): string {
  return text.replace("-", "−");
}

/** `2:05`: a span in minutes and seconds, `1:02:05` from an hour on. Milliseconds, cut to whole seconds. */
export function minutes(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = String(second).padStart(2, "0");
  return hour > 0 ? `${hour}:${String(minute).padStart(2, "0")}:${tail}` : `${minute}:${tail}`;
}

/** `+0:01`: how much later than another moment, in milliseconds. */
export function signedMinutes(milliseconds: number): string {
  return `${milliseconds < 0 ? "−" : "+"}${minutes(milliseconds)}`;
}

/** `12:04:31`: a moment of today, UTC. */
export function timeOfDay(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
