// Follows layers.js in its function, in every frame of a page: what the page finds of helios, and what the driver asks for.
  define(globalThis, "__HELIOS_PROPS__", JSON.parse(@PROPS@));
  define(globalThis, "__HELIOS_VIRTUAL_TIME__", 0);
  define(globalThis, "__hfVariables", JSON.parse(@PROPS@)); // the name that HyperFrames pages read

  /** Called when a frame is over and the page stands; answers with "1" when it has to be drawn again. */
  const endFrame = () => {
    state.drawn++;
    awaitDrawing();
    return globalThis.__helios_driver?.reveals() ? "1" : "";
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
