// Imported by es-modules.html; waits for a file before it is ready.
const { bars } = await (await fetch(new URL("data.json", import.meta.url))).json();

export const name = `module of ${bars.length} bars`;
export const orbit = seconds => `${140 + 120 * Math.cos(seconds * 6)}px ${80 + 60 * Math.sin(seconds * 6)}px`;
