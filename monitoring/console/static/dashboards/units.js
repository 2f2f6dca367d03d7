/**
 * The browser and the server read this same file, so that a value has the same words in both (`units.d.ts` has its types).
 * Values in Grafana's units (packages/grafana-data/src/valueFormats/categories.ts names the ids). Three significant
 * digits unless a panel says how many decimals; a true minus sign; a space before the unit.
 */

/** @typedef {(value: number, decimals?: number) => string} Format */

const SI = ["", "k", "M", "G", "T", "P"];
const IEC = ["", "Ki", "Mi", "Gi", "Ti", "Pi"];
const SHORT = ["", " K", " Mil", " Bil", " Tri"];

/**
 * Seconds in each step of a time.
 *
 * @type {readonly (readonly [unit: string, seconds: number])[]}
 */
const TIME_STEPS = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
  ["ms", 1e-3],
  ["µs", 1e-6],
  ["ns", 1e-9],
];

/** @type {Readonly<Record<string, Format>>} */
const FORMATS = {
  none: (value, decimals) => number(value, decimals),
  short: scaled(1000, SHORT, "", ""),
  percent: (value, decimals) => `${number(value, decimals)} %`,
  percentunit: (value, decimals) => share(value, decimals),
  humidity: (value, decimals) => `${number(value, decimals)} %H`,
  locale: (value, decimals) => number(value, decimals ?? 0),
  sci: (value, decimals) => value.toExponential(decimals ?? 2),
  bool: (value) => (value === 0 ? "False" : "True"),
  bool_yes_no: (value) => (value === 0 ? "No" : "Yes"),
  bool_on_off: (value) => (value === 0 ? "Off" : "On"),
  bytes: scaled(1024, IEC, "B"),
  kbytes: scaled(1024, IEC, "B", " ", 1),
  mbytes: scaled(1024, IEC, "B", " ", 2),
  decbytes: scaled(1000, SI, "B"),
  bits: scaled(1024, IEC, "b"),
  decbits: scaled(1000, SI, "b"),
  Bps: scaled(1000, SI, "B/s"),
  binBps: scaled(1024, IEC, "B/s"),
  bps: scaled(1000, SI, "b/s"),
  binbps: scaled(1024, IEC, "b/s"),
  pps: scaled(1000, SI, "p/s"),
  hertz: scaled(1000, SI, "Hz"),
  celsius: (value, decimals) => `${number(value, decimals)} °C`,
  s: time(1),
  ms: time(1e-3),
  µs: time(1e-6),
  us: time(1e-6),
  ns: time(1e-9),
  m: time(60),
  h: time(3600),
  d: time(86_400),
  dtdurations: (value) => longTime(value),
  dtdurationms: (value) => longTime(value / 1000),
  clocks: (value) => longTime(value),
  dateTimeAsIso: (value) => date(value),
  dateTimeAsSystem: (value) => date(value),
  dateTimeAsLocal: (value) => date(value),
  dateTimeFromNow: (value) => date(value),
  "time: YYYY-MM-DD HH:mm:ss": (value) => date(value),
  currencyUSD: currency("$"),
  currencyEUR: currency("€"),
  currencyGBP: currency("£"),
  currencyJPY: currency("¥"),
  ...Object.fromEntries(
    [
      ["ops", "ops/s"],
      ["reqps", "req/s"],
      ["rps", "reads/s"],
      ["wps", "writes/s"],
      ["iops", "io/s"],
      ["cps", "/s"],
      ["eps", "events/s"],
      ["mps", "msg/s"],
      ["recps", "rec/s"],
      ["opm", "ops/min"],
      ["reqpm", "req/min"],
      ["rpm", "reads/min"],
      ["wpm", "writes/min"],
      ["cpm", "/min"],
      ["epm", "events/min"],
    ].map(([id, unit]) => [id, scaled(1000, ["", " K", " M", " B"], unit)]),
  ),
};

/**
 * @param unit Grafana's id; empty for none.
 * @param decimals how many; three significant digits when undefined.
 */
export function formatValue(value, unit = "", decimals) {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const format = Object.hasOwn(FORMATS, unit) ? FORMATS[unit] : undefined;
  if (format !== undefined) return format(value, decimals);
  const [kind = "", rest = ""] = /^([a-z]+):(.*)$/s.exec(unit)?.slice(1) ?? [];
  if (kind === "prefix") return `${rest}${number(value, decimals)}`;
  if (kind === "suffix") return `${number(value, decimals)}${rest}`;
  if (kind === "si") return scaled(1000, SI, rest)(value, decimals);
  if (kind === "count") return scaled(1000, SHORT, rest)(value, decimals);
  if (kind === "currency") return currency(rest)(value, decimals);
  if (kind === "time") return date(value);
  const text = unit === "" || unit === "string" ? "" : ` ${unit}`;
  return `${number(value, decimals)}${text}`;
}

/** A number with groups of three; without `decimals`, as many as three significant digits need. */
function number(value, decimals) {
  const size = Math.abs(value);
  const digits = decimals ?? (size === 0 ? 0 : Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(size)))));
  const fixed = value.toFixed(Math.min(20, digits));
  const trimmed = decimals === undefined && fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
  const [whole = "", fraction] = trimmed.split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, " ");
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return /^-[0. ]*$/.test(text) ? text.slice(1) : text.replace("-", "−");
}

/** A share in percent. Near the whole it has as many digits as tell it from 100 %. */
function share(value, decimals) {
  const rest = 1 - value;
  if (decimals !== undefined || !(rest > 0 && rest < 0.5)) return `${number(value * 100, decimals)} %`;
  const digits = Math.min(6, Math.max(1, Math.ceil(-Math.log10(rest) - 1e-9) - 1));
  return `${(value * 100).toFixed(digits).replace(/\.?0+$/, "")} %`;
}

/** @param from how many steps above the bare unit the values are. */
function scaled(base, prefixes, unit, gap = " ", from = 0) {
  return (value, decimals) => {
    let step = from;
    let rest = value;
    // 999.6 would be printed as 1,000 of the smaller unit.
    while (Math.abs(rest) >= base * 0.9995 && step < prefixes.length - 1) {
      rest /= base;
      step += 1;
    }
    const prefix = prefixes[step] ?? "";
    const joined = prefix.startsWith(" ") && unit !== "" ? `${prefix} ${unit}` : `${gap}${prefix}${unit}`;
    return `${number(rest, decimals)}${joined}`.trimEnd();
  };
}

function time(seconds) {
  return (value, decimals) => {
    const size = Math.abs(value * seconds);
    if (size === 0) return `0 ${TIME_STEPS.find(([, step]) => step === seconds)?.[0] ?? "s"}`;
    const [unit, step] = TIME_STEPS.find(([, step]) => size >= step * 0.9995) ?? ["ns", 1e-9];
    return `${number((value * seconds) / step, decimals)} ${unit}`;
  };
}

/** `2 d 4 h`: the two largest units. */
function longTime(seconds) {
  let rest = Math.round(Math.abs(seconds));
  const parts = [];
  for (const [unit, step] of TIME_STEPS.slice(0, 4)) {
    const count = Math.floor(rest / step);
    rest -= count * step;
    if (count > 0) parts.push(`${count} ${unit}`);
    if (parts.length === 2) break;
  }
  return `${seconds < 0 ? "−" : ""}${parts.join(" ") || "0 s"}`;
}

function currency(sign) {
  const format = scaled(1000, ["", " K", " M", " B"], "", "");
  return (value, decimals) => {
    const text = format(Math.abs(value), decimals);
    return `${value < 0 ? "−" : ""}${sign}${text}`;
  };
}

/** A moment, from milliseconds since 1970. */
function date(value) {
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? "–" : moment.toISOString().slice(0, 19).replace("T", " ");
}
