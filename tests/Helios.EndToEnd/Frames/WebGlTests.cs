using System.Globalization;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Frames;

/// <summary>Pages of many WebGL contexts show all of them, and none is lost without a word.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(240_000)]
public sealed class WebGlTests(NativeBinary helios)
{
    private const int Most = 256; // contexts that the browser keeps (Browser/ChromiumFlags)

    /// <summary>Browsers keep 16 of them: the seventeenth takes the first one's picture away.</summary>
    [Test]
    public async Task The_first_of_forty_contexts_still_shows_its_picture()
    {
        using var place = new RenderPlace(helios, "<!doctype html><body style='margin:0'>" + MakeContexts(40, side: 20));
        await place.PlanAsync("--frames", "1", "--capture", "screenshot");

        (await place.Render("--quiet")).Succeeded();

        byte[] frame = await Video.DecodeAsync(place.FileOf(0), 0);
        await Assert.That(Video.DistanceAt(frame, 10, 10, [0, 255, 0])).IsLessThanOrEqualTo(3);
    }

    [Test]
    public async Task A_context_that_the_browser_takes_away_is_refused()
    {
        using var place = new RenderPlace(helios, "<!doctype html><body>" + MakeContexts(Most + 1, side: 1));
        await place.PlanAsync("--frames", "1");

        RunResult result = await place.Render("--quiet");

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(result.Stderr).Contains("the page lost a WebGL context: it has more than 256 of them, or memory is short (");
    }

    [Test]
    public async Task A_page_may_give_a_context_back()
    {
        using var place = new RenderPlace(
            helios,
            "<!doctype html><canvas></canvas><script>document.querySelector('canvas').getContext('webgl').getExtension('WEBGL_lose_context').loseContext();</script>"
        );
        await place.PlanAsync("--frames", "3");

        (await place.Render("--quiet")).Succeeded();
    }

    /// <summary>A frame of it takes the processor minutes.</summary>
    [Test]
    [Arguments("screenshot")]
    [Arguments("canvas")]
    public async Task A_shader_that_takes_longer_than_the_limit_is_called_slow(string capture)
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><canvas id="c" width="320" height="180"></canvas><script>
            const gl = c.getContext("webgl2"), program = gl.createProgram();
            for (const [kind, text] of [
              ["VERTEX_SHADER", "in vec2 at; void main() { gl_Position = vec4(at, 0, 1); }"],
              ["FRAGMENT_SHADER", "precision highp float; uniform float time; out vec4 colour; void main() { float v = time; for (int i = 0; i < 500000; i++) v = sin(v * 1.1 + gl_FragCoord.x) + cos(v); colour = vec4(v); }"],
            ]) {
              const shader = gl.createShader(gl[kind]);
              gl.shaderSource(shader, "#version 300 es\n" + text);
              gl.compileShader(shader);
              gl.attachShader(program, shader);
            }
            gl.linkProgram(program);
            gl.useProgram(program);
            gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
            gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
            gl.enableVertexAttribArray(0);
            gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
            requestAnimationFrame(function draw(now) {
              gl.uniform1f(gl.getUniformLocation(program, "time"), now);
              gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
              requestAnimationFrame(draw);
            });
            </script>
            """);
        await place.PlanAsync(["--frames", "2", "--capture", capture, .. capture == "canvas" ? (string[])["--mode", "canvas"] : []]);

        RunResult result = await place.Render("--quiet", "--timeout", "4");

        await Assert.That(result.Stderr).Contains("this machine needs more than 4 s to draw one frame: the browser is still drawing (");
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    private static string MakeContexts(int count, int side) => string.Create(CultureInfo.InvariantCulture, $$"""
        <script>
          for (let i = 0; i < {{count}}; i++) {
            const canvas = document.createElement("canvas");
            canvas.width = canvas.height = {{side}};
            document.body.append(canvas);
            const context = canvas.getContext("webgl", { preserveDrawingBuffer: true });
            context.clearColor(0, 1, 0, 1);
            context.clear(context.COLOR_BUFFER_BIT);
          }
        </script>
        """);
}
