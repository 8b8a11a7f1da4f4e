/** Whether a text is that number, with whatever separates its thousands. */
export function isTyped(value: string, count: number): boolean {
  return value.replaceAll(/[\s.,'’]/g, '') === String(count);
}
