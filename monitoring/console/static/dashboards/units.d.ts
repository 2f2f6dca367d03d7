/** Whether the console knows the unit by its id; others are written behind the number as they are, as Grafana does. */
export function isKnownUnit(unit: string): boolean;

/**
 * @param unit Grafana's id; empty for none. @default none
 * @param decimals how many; three significant digits when undefined.
 */
export function formatValue(value: number, unit?: string, decimals?: number): string;
