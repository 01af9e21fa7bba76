// Follows sound.js in its function, in every frame of a page: the page's side of its workers; worker.js is the other.
  // Workers are taken from frame to frame by the driver. They answer on the way that their messages take, so that order is kept.
  const workers = family ? family.workers : [];
  if (globalThis.Worker) {
    const RealWorker = Worker;
    const { postMessage, terminate } = RealWorker.prototype;
    const known = new WeakMap();
    const enlist = worker => {
      const state = { unread: 0, isAlive: true, answer: null };
      const end = () => { state.isAlive = false; state.answer?.(0); };
      state.end = end;
      let early = []; // messages that it sent while the page was loading: they would come between the page's tasks by chance
      /** Takes the worker to a time; answer gets the number of messages that it got or sent. No promise: this frame may be removed. */
      state.step = (time, frame, answer) => {
        state.answer = answer;
        state.unread = 0;
        const kept = early ?? [];
        early = null;
        for (const { data, ports } of kept) worker.dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
        if (state.isAlive && document.defaultView) postMessage.call(worker, { __helios: { time, frame } });
        else answer(0);
      };
      worker.addEventListener("message", event => {
        const said = event.data?.__helios;
        if (!said) {
          if (early) { event.stopImmediatePropagation(); early.push(event); }
          return;
        }
        event.stopImmediatePropagation();
        if (said.usesWebGl) noteWebGl();
        else if (said.hasLostWebGl) refuseLostWebGl();
        else if (said.refusal) refuse(said.refusal);
        else if (said.remark) noteRemark(said.remark);
        else if (said.picture) canvases.show(said.id, said.picture);
        else if (said.isClosed) end();
        else state.answer?.(said.messages);
      });
      worker.addEventListener("error", event => { if (!(event instanceof ErrorEvent)) end(); }); // its script cannot be loaded
      // a frame that is removed takes its workers with it; without this event before its load event
      globalThis.addEventListener("pagehide", end);
      known.set(worker, state);
      workers.push(state);
    };
    const proxy = new Proxy(RealWorker, {
      construct(target, values, self) {
        const worker = Reflect.construct(target, values, self === proxy ? target : self);
        enlist(worker);
        return worker;
      },
    });
    define(RealWorker.prototype, "constructor", proxy);
    define(RealWorker.prototype, "postMessage", function (...values) {
      if (known.has(this)) known.get(this).unread++;
      const given = canvases.give(values[1]);
      if (given.length > 0) postMessage.call(this, { __helios: { canvases: given } });
      return postMessage.apply(this, values);
    });
    define(RealWorker.prototype, "terminate", function () {
      known.get(this)?.end();
      return terminate.call(this);
    });
    define(globalThis, "Worker", proxy);
  }
  // These live outside of the page, in threads that cannot be held.
  delete globalThis.SharedWorker;
  delete Navigator.prototype.serviceWorker;
