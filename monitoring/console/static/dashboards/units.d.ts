/**
 * @param unit Grafana's id; empty for none. @default none
 * @param decimals how many; three significant digits when undefined.
 */
export function formatValue(value: number, unit?: string, decimals?: number): string;
