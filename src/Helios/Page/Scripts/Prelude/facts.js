// Follows layers.js in its function, in every frame of a page: what the page finds of helios, and what the driver asks for.
  define(globalThis, "__HELIOS_PROPS__", JSON.parse(@PROPS@));
  define(globalThis, "__HELIOS_VIRTUAL_TIME__", 0);
  define(globalThis, "__hfVariables", JSON.parse(@PROPS@)); // the name that HyperFrames pages read

  // What the first paint event of a canvas element draws on it comes too late for the frame: only another one shows it.
  const painted = new WeakSet();
  let isPainted = false;
  if (hasHtmlInCanvas) listen.call(globalThis, "paint", ({ target }) => {
    isPainted ||= !painted.has(target);
    painted.add(target);
  }, true);
  /** Whether the frame had such an event; then the next drawing is a whole frame. */
  const needsFrame = () => {
    if (!isPainted) return false;
    isPainted = false;
    request.call(globalThis, () => {});
    return true;
  };

  /** Called when a frame is over and the page stands; answers with the driver's word on videos, and "again" if another has to follow. */
  const endFrame = () => {
    state.drawn++;
    awaitDrawing();
    const said = globalThis.__helios_driver?.lookAtVideos() ?? "";
    return needsFrame() ? `${said} again` : said;
  };

  // Roots that cannot be found from outside, and what the driver asks for.
  const facts = {
    roots: [],
    work,
    locks,
    loads,
    feeds,
    watchDecoded,
    followLoads,
    hold,
    giveUpLoads,
    hasSource,
    isHungry,
    isStarved,
    beginWithFrame,
    putForward,
    putBack,
    shorten,
    endFrame,
    workers,
    state,
    refuse,
    observe,
    listen,
    born,
    now,
    timeline,
    clock: () => pointOf(realNow.call(performance)) / 10,
  };
  Object.defineProperty(globalThis, "__helios_facts", { value: facts });
  for (const { prototype } of [Document, Element]) {
    const start = prototype.startViewTransition;
    if (start) define(prototype, "startViewTransition", function startViewTransition(...values) {
      note("needsDisplay", "startViewTransition");
      return start.apply(this, values);
    });
  }
  const attach = Element.prototype.attachShadow;
  define(Element.prototype, "attachShadow", function attachShadow(options) {
    const root = attach.call(this, options);
    if (options?.mode === "closed") facts.roots.push(root);
    observe(root);
    return root;
  });
