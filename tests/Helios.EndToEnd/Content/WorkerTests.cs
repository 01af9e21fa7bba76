using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>
/// Workers go by the page's clock, whenever they begin: the pages throw at what they do not expect, which is an exit code of 65.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class WorkerTests(NativeBinary helios)
{
    [Test]
    public async Task A_worker_begins_wherever_the_page_makes_it()
    {
        const string page = """
            <!doctype html><body><script>
            const begun = {};
            const begin = place => {
              const address = URL.createObjectURL(new Blob(["postMessage('here')"], { type: "text/javascript" }));
              new Worker(address).onmessage = () => { begun[place] = performance.now(); };
            };
            const places = {
              load: () => begin("load"),
              timer: () => setTimeout(() => begin("timer"), 50),
              frame: () => requestAnimationFrame(() => begin("frame")),
              laterFrame: () => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => begin("laterFrame")))),
              idle: () => requestIdleCallback(() => begin("idle")),
              message: () => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => begin("message"); port2.postMessage(0); },
              size: () => new ResizeObserver(() => { if (!begun.asked) { begun.asked = 1; begin("size"); } }).observe(document.body),
              task: () => scheduler.postTask(() => begin("task"), { delay: 70 }),
            };
            for (const place of Object.values(places)) place();
            setTimeout(() => {
              for (const place in places) if (!(begun[place] < 300)) throw new Error(`${place}: ${begun[place]}`);
            }, 400);
            </script>
            """;
        using var place = new RenderPlace(helios, page);
        await place.PlanAsync("--frames", "15", "--fps", "30", "--chunk-frames", "8");

        await place.RenderAllAsync();
    }

    /// <summary>The second chunk of such a page begins with a jump, over the timer.</summary>
    [Test]
    public async Task A_worker_begins_while_frames_are_jumped_over()
    {
        const string page = """
            <!doctype html><body><script>
            let answer = "";
            const address = URL.createObjectURL(new Blob(["postMessage('here')"], { type: "text/javascript" }));
            setTimeout(() => { new Worker(address).onmessage = ({ data }) => { answer = data; }; }, 500);
            window.helios = { duration: 2, fps: 30, width: 320, height: 180, seek: frame => { if (frame >= 50 && answer !== "here") throw new Error("no worker"); } };
            </script>
            """;
        using var place = new RenderPlace(helios, page);
        await place.PlanAsync("--frames", "60", "--fps", "30", "--chunk-frames", "30", "--history", "seek");

        await place.RenderAllAsync();
    }

    [Test]
    [Arguments(0)]
    [Arguments(20)]
    public async Task The_frames_of_a_worker_are_those_of_the_page(int awaits)
    {
        string page = $$"""
            <!doctype html><body><script>
            const script = `
              const deep = async n => { if (n > 0) return await deep(n - 1); };
              onmessage = async ({ data }) => {
                await (await fetch(data)).text();
                await deep({{awaits}});
                requestAnimationFrame(function step(now) { postMessage(now); requestAnimationFrame(step); });
              };`;
            const frames = [], own = [];
            const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
            worker.onmessage = ({ data }) => { frames.push(Math.round(data)); };
            worker.postMessage(location.href);
            requestAnimationFrame(function step(now) { own.push(Math.round(now)); requestAnimationFrame(step); });
            setTimeout(() => { if (frames.slice(0, 4).join() !== own.slice(0, 4).join()) throw new Error(`${frames} instead of ${own}`); }, 190);
            </script>
            """;
        using var place = new RenderPlace(helios, page);
        await place.PlanAsync("--frames", "9", "--fps", "30");

        await place.RenderAllAsync();
    }
}
