using System;
using System.Collections.Generic;
using Helios.Browser;
using Helios.Os.Files;
using Helios.Page;
using Helios.Page.Requests;

namespace Helios.Tests.Support;

/// <summary>A page at frame 5 whose browser is the test; its session is S, and it lies in an empty project.</summary>
internal sealed class ScriptedPage : IDisposable
{
    internal const string Url = "https://composition.helios/page.html";

    private readonly PageActivity _activity = new(Url);

    internal ScriptedPage(bool isHosted = false, bool isOffline = false)
    {
        _activity.BeginFrame(5);
        Session = Peer.OpenSession("S", _activity);
        Server = new CompositionServer(Session, RealPath.Of(Folder.FullPath)!, isOffline, new PageReads());
        Queue = new RequestQueue(Session, Server, () => Now);
        _ = new PageConsole(Session, Warnings.Add);
        Traits = new PageTraits(Session, isHosted);
        var faults = new PageFaults(Session, Server, isHosted, Warnings.Add);
        var images = new PageImages(Server, Traits.NoteMovingImage);
        Requests = new PageRequests(Session, _activity.Requests, Queue, Responses, images, Traits, faults);
        Load = new PageLoadState(Session, Requests);
    }

    internal DevToolsPeer Peer { get; } = new();

    internal TemporaryDirectory Folder { get; } = new();

    internal DevToolsSession Session { get; }

    internal CompositionServer Server { get; }

    internal RequestQueue Queue { get; }

    internal PageResponses Responses { get; } = new();

    internal PageTraits Traits { get; }

    internal PageRequests Requests { get; }

    internal PageLoadState Load { get; }

    internal List<string> Warnings { get; } = [];

    /// <summary>What the page is suspected to wait for.</summary>
    internal string? Suspect => _activity.FindSuspect();

    /// <summary>Milliseconds that have passed on its machine.</summary>
    internal long Now { get; set; }

    /// <summary>The page gets something as request p1.</summary>
    internal void Show(string use, string type, string url, bool isComplete = true)
    {
        Peer.Tell(
            "Network.responseReceived",
            $$"""{"requestId":"p1","type":"{{use}}","response":{"url":"{{url}}","status":200,"mimeType":"{{type}}"} }""",
            "frame");
        if (isComplete)
            Peer.Tell("Network.loadingFinished", """{"requestId":"p1","encodedDataLength":5}""", "frame");
    }

    /// <summary>The page, or a worker of it, makes a request.</summary>
    internal void Request(string id, string url = "https://a.test/1", string type = "Fetch", string session = "S", string more = "") =>
        Peer.Tell(
            "Network.requestWillBeSent",
            $$"""{"requestId":"{{id}}","type":"{{type}}","request":{"url":"{{url}}"}{{more}} }""",
            session);

    internal void Finish(string id) => Peer.Tell("Network.loadingFinished", $$"""{"requestId":"{{id}}","encodedDataLength":5}""");

    internal void Answer(int call, string result)
    {
        Peer.Say($$"""{"id":{{call}},"result":{{result}}}""");
        Peer.Handle();
    }

    public void Dispose()
    {
        Peer.Dispose();
        Folder.Dispose();
    }
}
