import { expect, it } from "vitest";
import { formatValue } from "../../static/dashboards/units.js";

it.each([
  [0.99847, "percentunit", undefined, "99.85 %"],
  [0.9999, "percentunit", undefined, "99.99 %"],
  [1, "percentunit", undefined, "100 %"],
  [-0.534, "percentunit", 1, "−53.4 %"],
  [12.3456, "percent", undefined, "12.3 %"],
  [0.0123, "s", undefined, "12.3 ms"],
  [90, "s", undefined, "1.5 min"],
  [432_000, "s", 1, "5.0 d"],
  [0, "s", undefined, "0 s"],
  [1500, "ms", undefined, "1.5 s"],
  [-2, "s", undefined, "−2 s"],
  [183_840, "dtdurations", undefined, "2 d 3 h"],
  [1536, "bytes", undefined, "1.5 KiB"],
  [268_435_456, "bytes", undefined, "256 MiB"],
  [1500, "decbytes", undefined, "1.5 kB"],
  [12.34, "reqps", undefined, "12.3 req/s"],
  [1234, "reqps", undefined, "1.23 K req/s"],
  [45, "cpm", undefined, "45 /min"],
  [999.6, "short", undefined, "1 K"],
  [1_234_567, "short", undefined, "1.23 Mil"],
  [1_234_567, "none", undefined, "1 234 567"],
  [14.4, "suffix: ×", 2, "14.40 ×"],
  [3, "prefix:no. ", undefined, "no. 3"],
  [1234.5, "currencyUSD", undefined, "$1.23 K"],
  [-5, "currencyEUR", 2, "−€5.00"],
  [1_764_288_000_000, "dateTimeAsIso", undefined, "2025-11-28 00:00:00"],
  [1, "bool_yes_no", undefined, "Yes"],
  [7, "parsecs", undefined, "7 parsecs"],
  [-0.0001, "none", 2, "0.00"],
  [Number.NaN, "s", undefined, "–"],
  [Number.POSITIVE_INFINITY, "s", undefined, "∞"],
  [1, "constructor", undefined, "1 constructor"],
])("%d in %s with %s decimals is %s", (value, unit, decimals, text) => {
  expect(formatValue(value, unit, decimals)).toBe(text);
});
