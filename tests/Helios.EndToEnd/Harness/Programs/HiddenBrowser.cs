using System;
using System.IO;
using System.Threading.Tasks;

namespace Helios.EndToEnd.Harness.Programs;

/// <summary>
/// A home in which no browser is installed: commands run in a mount namespace where the directory of the installed one is empty, with a
/// PATH that has ffmpeg and what install.sh needs. That browser is in the home instead, for caches that link to it.
/// </summary>
internal sealed class HiddenBrowser : IDisposable
{
    private const string Script = """
        mount --bind /usr/lib/chromium "$HOME/installed" && mount -t tmpfs helios-test /usr/lib/chromium ||
          { echo "cannot mount: run the tests as root, or allow user namespaces" >&2; exit 99; }
        PATH=$HOME/tools exec "$@"
        """;

    private const string Tools = """
        for tool in ffmpeg awk cat chmod cp cut dirname mkdir mktemp mv rm sed sha256sum tar gzip uname id; do
          ln -s "$(command -v $tool)" tools/
        done
        """;

    private readonly RenderPlace _place;

    private HiddenBrowser(RenderPlace place) => _place = place;

    internal TestDirectory Directory { get; } = new("home");

    /// <summary>The installed browser, for commands that run here.</summary>
    internal string Installed => Directory.PathOf("installed", "chromium-headless-shell");

    /// <summary>Its version, as receipts have it.</summary>
    internal string InstalledVersion { get; private set; } = "";

    internal static async Task<HiddenBrowser> PrepareAsync(NativeBinary helios)
    {
        Tool.Require("unshare", "util-linux");
        var home = new HiddenBrowser(new RenderPlace(helios, "<!doctype html>Cache"));
        home.Directory.CreateFolder("installed");
        home.Directory.CreateFolder("tools");
        (await new ProcessRun("/bin/sh", ["-c", Tools]).In(home.Directory)).Succeeded();
        await home._place.PlanAsync("--frames", "1");
        (await home._place.Render("--index", "0")).Succeeded();
        home.InstalledVersion = home.ReadVersion();
        return home;
    }

    /// <summary>Adds a browser as @puppeteer/browsers lays it out.</summary>
    internal void AddPuppeteer(string cache, string version, string program) =>
        Link(program, $"{cache}/chrome-headless-shell/linux-{version}/chrome-headless-shell-linux64", "chrome-headless-shell");

    /// <summary>Adds a browser as Playwright lays it out.</summary>
    internal void AddPlaywright(string cache, int build, string program, bool isWhole)
    {
        Link(program, $"{cache}/chromium_headless_shell-{build}/chrome-linux", "headless_shell");
        if (isWhole) Directory.Write($"{cache}/chromium_headless_shell-{build}/INSTALLATION_COMPLETE", "");
    }

    /// <summary>helios in the project, to be awaited.</summary>
    internal ProcessRun Run(params string[] arguments) => Hide(_place.Run(arguments));

    /// <summary>A command here, whose program is an absolute path.</summary>
    internal ProcessRun Hide(ProcessRun run)
    {
        string[] unshare = Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"];
        return run.Under("unshare", [.. unshare, "/bin/sh", "-c", Script, "sh"]).WithEnvironment("HOME", Directory.Path);
    }

    /// <summary>Renders a chunk.</summary>
    /// <returns>The version of the browser that did.</returns>
    internal async Task<string> RenderAsync(params (string Name, string Value)[] environment)
    {
        ProcessRun run = Run("render-chunk", "job.json", "--index", "0", "--force");
        foreach (var (name, value) in environment) run = run.WithEnvironment(name, value);
        _ = (await run).Succeeded();
        return ReadVersion();
    }

    public void Dispose()
    {
        _place.Dispose();
        Directory.Dispose();
    }

    private string ReadVersion() => (string)_place.ReceiptOf(0)["browser"]!;

    private void Link(string program, string folder, string name)
    {
        Directory.CreateFolder(folder);
        _ = File.CreateSymbolicLink(Directory.PathOf(folder, name), program);
    }
}
