// Runs after offscreen.js in every worker, before its script. The browser's virtual time does not reach the timers of workers, so
// this one's come from here: the worker stands until the page's driver takes it to a frame's time. Then it handles the
// messages that came meanwhile and the timers that are due, one after the other, and says when it has nothing left to do.
// Filled in: @BORN@, ms on the page's clock when the worker began, and @EPOCH@, ms since 1970 when that clock was 0.
  const born = @BORN@;
  const post = self.postMessage.bind(self);
  let now = 0; // ms since the worker began

  define(Performance.prototype, "now", function () { return now; });
  replaceGetter(Performance.prototype, "timeOrigin", () => @EPOCH@ + born);
  replaceGetter(Event.prototype, "timeStamp", () => now);
  const mark = Performance.prototype.mark;
  define(Performance.prototype, "mark", function (name, options) { return mark.call(this, name, { startTime: now, ...options }); });
  const measure = Performance.prototype.measure;
  define(Performance.prototype, "measure", function (name, start, end) {
    if (end !== undefined) return measure.call(this, name, start, end);
    const options = typeof start === "object" && start !== null ? start : { start: start ?? 0 };
    return measure.call(this, name, "end" in options || ("duration" in options && "start" in options) ? options : { ...options, end: now });
  });
  replaceClocks((time, entry) => entry instanceof PerformanceResourceTiming ? 0 : time, () => dateAt(@EPOCH@, born + now));

  replaceConnections(remark => { post({ __helios: { remark } }); });
  let drawn = 0; // frames
  followContexts(() => { post({ __helios: { usesWebGl: true } }); }, () => { post({ __helios: { hasLostWebGl: true } }); },
    canvas => canvases.isGiven(canvas), () => drawn);

  const timers = new Map();
  let lastTimer = 0;
  const addTimer = (callback, delay, values, period) => {
    const run = typeof callback === "function" ? () => callback.apply(self, values) : () => (0, eval)(String(callback));
    const timer = { id: ++lastTimer, time: now + Math.max(0, Number(delay) || 0), run, period };
    timers.set(timer.id, timer);
    return timer.id;
  };
  define(self, "setTimeout", (callback, delay, ...values) => addTimer(callback, Math.trunc(delay), values, 0));
  define(self, "setInterval", (callback, delay, ...values) => {
    const period = Math.max(1, Math.trunc(delay) || 0);
    return addTimer(callback, period, values, period);
  });
  define(self, "clearTimeout", id => { timers.delete(id); });
  define(self, "clearInterval", id => { timers.delete(id); });

  let frames = new Map();
  let lastRequest = 0;
  define(self, "requestAnimationFrame", callback => {
    frames.set(++lastRequest, callback);
    return lastRequest;
  });
  define(self, "cancelAnimationFrame", handle => { frames.delete(handle); });

  define(self, "Worker", class Worker {
    constructor() { throw new DOMException("helios renders no workers that workers start: start them from the page", "NotSupportedError"); }
  });

  // What is done elsewhere for the worker must have ended before it says that it is done.
  const work = new Map();
  let whenIdle = null;
  const onEnd = () => { if (work.size === 0) whenIdle?.(); };
  track(work, onEnd, self, "fetch");
  const watchDecoded = trackAll(work, onEnd, () => now, refusal => { post({ __helios: { refusal } }); }, null);
  const settle = async () => {
    for (;;) {
      await scheduler.postTask(() => {}, { priority: "background" }); // it comes into being with the worker's script
      if (work.size === 0) return; // and what follows from the work that ended has had its turn
      await new Promise(resolve => { whenIdle = resolve; });
    }
  };

  let messages = 0; // that were got or sent in this step
  define(self, "postMessage", function postMessage(...values) {
    messages++;
    return post(...values);
  });
  const close = self.close.bind(self);
  define(self, "close", function () {
    post({ __helios: { isClosed: true } });
    close();
  });

  let inbox = [];
  let isPassing = false;
  let shown = -1;

  const runTimers = async time => {
    for (;;) {
      let next = null;
      for (const timer of timers.values()) if (timer.time <= time && (next === null || timer.time < next.time)) next = timer;
      if (next === null) break;
      now = Math.max(now, next.time);
      if (next.period > 0) {
        timers.delete(next.id); // so that it comes after others of the same time
        next.time += next.period;
        timers.set(next.id, next);
      } else {
        timers.delete(next.id);
      }
      try { next.run(); } catch (error) { reportError(error); }
      await settle();
    }
    now = Math.max(now, time);
  };

  const handle = async letters => {
    for (const { data, origin, lastEventId, ports } of letters) {
      messages++;
      isPassing = true;
      self.dispatchEvent(new MessageEvent("message", { data, origin, lastEventId, ports }));
      isPassing = false;
      await settle();
    }
  };

  const canvases = followCanvases((...values) => post(...values));
  const step = async ({ time, frame }, letters) => {
    await settle();
    await handle(letters);
    await runTimers(Math.max(0, time - born));
    const isNew = frame > shown;
    if (isNew) {
      shown = frame;
      const due = frames;
      frames = new Map();
      for (const callback of due.values()) {
        try { callback(now); } catch (error) { reportError(error); }
        await settle();
      }
    }
    watchDecoded();
    await canvases.sendAll();
    if (isNew) drawn++;
    post({ __helios: { messages } });
    messages = 0;
  };

  self.addEventListener("message", event => {
    if (isPassing) return;
    event.stopImmediatePropagation();
    if (event.data?.__helios?.canvases) {
      canvases.expect(event.data.__helios.canvases);
    } else if (event.data?.__helios) {
      step(event.data.__helios, inbox); // answers to what it sends now come in the next step
      inbox = [];
    } else {
      canvases.receive(event.data);
      inbox.push(event);
    }
  });
