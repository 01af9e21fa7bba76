using System;
using System.Globalization;
using Helios.Browser.Fonts;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;
using Helios.Os.Processes;
using Helios.Text;

namespace Helios.Browser;

/// <summary>
/// A headless browser that helios starts, on descriptors 3 and 4 with a private profile, and ends with all its child processes.
/// When helios is killed the pipe closes, and the browser ends by itself.
/// </summary>
internal sealed class Chromium : IDisposable
{
    private const int StartTimeout = 30_000;
    private const int ExitTimeout = 2000;
    private const int SignalledCode = 128;
    private const int KilledCode = SignalledCode + Libc.Kill;
    private const int TerminatedCode = SignalledCode + Libc.Terminate;
    private const string SandboxFix =
        "its sandbox needs user namespaces: allow them (Ubuntu: sysctl kernel.apparmor_restrict_unprivileged_userns=0; "
        + "Debian: sysctl kernel.unprivileged_userns_clone=1; else sysctl user.max_user_namespaces), "
        + "in a container with a seccomp profile that lets them be made";

    // its exit code is 1, as for many other failures; this text selects the advice only
    private const string NoSandbox = "No usable sandbox";

    private static bool s_hasWarned;

    private readonly BrowserProgram _program;
    private readonly PrivateDirectory _profile;
    private readonly ChildProcess _process;
    private readonly DevToolsPipe _pipe;
    private readonly TailReader _errors;
    private readonly DevToolsSession _session;
    private string? _build;

    private Chromium(BrowserProgram program, BrowserOptions options, Interrupts interrupts)
    {
        _program = program;
        _profile = PrivateDirectory.Create(PrivateDirectory.OfBrowser);
        try
        {
            string[] environment = ["TZ=UTC", "LANG=en_US.UTF-8", "LANGUAGE=en_US", "LC_ALL=en_US.UTF-8", "TMPDIR=" + _profile.Path];
            if (options.Fonts is not null)
                environment = [.. environment, "FONTCONFIG_FILE=" + FontConfiguration.Write(_profile.Path, options.Fonts)];
            _process = ChildProcess.Start(program.Path,
                ChromiumFlags.Make(_profile.Path, Libc.EffectiveUser() == 0, options),
                [new(3, IsOutput: false), new(4, IsOutput: true, IsLarge: true), new(2, IsOutput: true)],
                environment);
        }
        catch
        {
            _profile.Dispose();
            throw;
        }

        _pipe = new DevToolsPipe(_process.Pipe(0), _process.Pipe(1));
        _errors = new TailReader(_process.Pipe(2), noise: ":ERROR:dbus/"); // a container has no bus
        _session = new DevToolsSession(
            new DevToolsConnection(_pipe, interrupts, DescribeEnd), DevToolsSession.OfBrowser, new BrowserStart());
    }

    /// <summary>Id of its main process.</summary>
    internal int ProcessId => _process.Id;

    /// <summary>Directory of its profile.</summary>
    internal string Profile => _profile.Path;

    /// <summary><c>HeadlessChrome/156.0.1.2</c>.</summary>
    internal string Version { get; private set; } = "";

    /// <summary>
    /// The build that runs, even if its file has been replaced (<see cref="ProgramBuild"/>); null when it cannot be found out.
    /// </summary>
    internal string? FindBuild() => _build ??= ProgramBuild.Of(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/exe"));

    /// <summary>Opens the session of the browser itself, from which those of its targets come.</summary>
    /// <param name="context">The caller's activity.</param>
    internal DevToolsSession OpenSession(ICallContext context) => new(_session.Connection, DevToolsSession.OfBrowser, context);

    /// <summary>Resets it for another page; false when it has to be restarted.</summary>
    internal bool TryReset() => IsRunning && new BrowserReset(_session).TryRun();

    /// <summary>Whether it has not ended.</summary>
    internal bool IsRunning => !_pipe.IsClosed && _process.TryGetExitCode() is null;

    // a signal of its own making; browsers do that once in thousands of starts
    private bool HasCrashed => _process.TryGetExitCode() > SignalledCode;

    /// <summary>Starts the browser and asks for its version; one that crashes is started once more.</summary>
    /// <param name="program">The browser.</param>
    /// <param name="options">What it is started with.</param>
    /// <param name="interrupts">Signals that end the start.</param>
    /// <param name="warn">Receives one line for people.</param>
    /// <exception cref="HeliosException">69: it cannot be started, or is too old; 75: it does not answer.</exception>
    internal static Chromium Start(
        BrowserProgram program, BrowserOptions options, Interrupts interrupts, Action<string> warn)
    {
        if (Libc.EffectiveUser() == 0 && !s_hasWarned)
        {
            s_hasWarned = true;
            warn("helios: running as root, so the browser runs without its sandbox; use an ordinary user for pages you do not trust");
        }

        for (bool isAgain = false; ; isAgain = true)
        {
            var browser = new Chromium(program, options, interrupts);
            try
            {
                browser.ReadVersion();
                browser.CheckVersion();
                return browser;
            }
            catch (HeliosException error) when (!isAgain && error.Code == ExitCode.Unavailable && browser.HasCrashed)
            {
                browser.Dispose();
                warn("helios: " + error.What + "; it is started again");
            }
            catch
            {
                browser.Dispose();
                throw;
            }
        }
    }

    public void Dispose()
    {
        if (!_pipe.IsClosed && _process.TryGetExitCode() is null) _session.Send("Browser.close");
        _ = _process.Wait(ExitTimeout);
        _process.Kill(); // before its errors are read to their end
        _errors.Dispose();
        _process.Dispose();
        _profile.Dispose();
    }

    private void ReadVersion()
    {
        try
        {
            Version = JsonFields.GetText(_session.Call("Browser.getVersion", null, StartTimeout), "product"u8) ?? "unknown";
        }
        catch (HeliosException error) when (error.Code == ExitCode.Temporary && _process.Wait(500) is int code)
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"the browser does not start: exit code {code}{Said()}");
            if (code is KilledCode or TerminatedCode)
            {
                throw new HeliosException(ExitCode.Temporary, what, _program.Where,
                    "it was ended from outside, perhaps for want of memory: run it again; if it happens again, give it more memory", error);
            }

            bool hasNoSandbox = what.Contains(NoSandbox, StringComparison.Ordinal);
            string fix = hasNoSandbox ? SandboxFix : "run helios doctor; missing libraries are the usual reason";
            throw new HeliosException(ExitCode.Unavailable, what, _program.Where, fix, error);
        }
    }

    private void CheckVersion()
    {
        if (BrowserVersion.WhyTooOld(BrowserVersion.MajorOf(Version)) is string reason)
            throw new HeliosException(ExitCode.Unavailable, "this browser is too old: " + reason, _program.Where, BrowserFinder.Fix);
    }

    /// <summary>Whether it is new enough for a capture mode.</summary>
    /// <exception cref="HeliosException">69: it is not.</exception>
    internal void CheckVersionFor(CaptureMode capture)
    {
        int? major = BrowserVersion.MajorOf(Version);
        if (capture != CaptureMode.Paint || !(major < BrowserVersion.OldestOfPaint)) return;
        throw new HeliosException(ExitCode.Unavailable,
            string.Create(CultureInfo.InvariantCulture, $"this browser cannot capture by paint: it is version {major}"), _program.Where,
            string.Create(CultureInfo.InvariantCulture,
                $"use version {BrowserVersion.OldestOfPaint} or later, or plan the job with --capture screenshot"));
    }

    private string DescribeEnd() =>
        (_process.Wait(500) is int code ? string.Create(CultureInfo.InvariantCulture, $" with exit code {code}") : "") + Said();

    private string Said() => _errors.Text is { Length: > 0 } text ? ": " + text : "";
}
