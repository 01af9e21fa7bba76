// Frames that nobody sees, by the browser alone, in the fewest calls: the clock is moved on, and a frame is begun that is not displayed.
// Prints milliseconds a frame. For bench/farm.sh, which compares helios' replay with it.
//   node undisplayed.mjs URL FRAMES FPS BROWSER
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [url, frames, rate, browser] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "undisplayed-"));
const child = spawn(
  browser,
  [
    "--deterministic-mode",
    "--enable-begin-frame-control",
    "--run-all-compositor-stages-before-draw",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--window-size=320,180",
    "--no-sandbox",
    `--user-data-dir=${profile}`,
    "--remote-debugging-pipe",
  ],
  { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
);
const [, , , input, output] = child.stdio;
const waiting = new Map();
const events = [];
let rest = "";
let last = 0;
output.on("data", data => {
  const messages = (rest + data).split("\0");
  rest = messages.pop();
  for (const message of messages.map(JSON.parse)) {
    if (message.id) waiting.get(message.id)(message.result ?? Promise.reject(new Error(JSON.stringify(message.error))));
    else
      for (const event of events.filter(({ name }) => name === message.method)) {
        events.splice(events.indexOf(event), 1);
        event.resolve();
      }
  }
});
const call = (method, params = {}, sessionId = undefined) => new Promise(resolve => {
  waiting.set(++last, resolve);
  input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
});
const event = name => new Promise(resolve => { events.push({ name, resolve }); });

const { targetId } = await call("Target.createTarget", { url: "about:blank", width: 320, height: 180, enableBeginFrameControl: true });
const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
await call("Page.enable", {}, sessionId);
const loaded = event("Page.loadEventFired");
await call("Page.navigate", { url }, sessionId);
await loaded;
const { virtualTimeTicksBase } = await call("Emulation.setVirtualTimePolicy", { policy: "pause" }, sessionId);
const interval = 1000 / Number(rate);
let time = virtualTimeTicksBase;
const start = performance.now();
for (let frame = 0; frame < Number(frames); frame++) {
  const expired = event("Emulation.virtualTimeBudgetExpired");
  call("Emulation.setVirtualTimePolicy", { policy: "advance", budget: interval }, sessionId);
  await expired;
  time += interval;
  await call("HeadlessExperimental.beginFrame", { frameTimeTicks: time, interval, noDisplayUpdates: true }, sessionId);
}
console.log(((performance.now() - start) / Number(frames)).toFixed(3));
const ended = new Promise(resolve => { child.on("exit", resolve); });
await call("Browser.close");
await ended;
rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
