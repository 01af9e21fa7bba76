using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.Tests.Adapters;
using Helios.Tests.Support;

namespace Helios.Tests.Golden;

/// <summary>
/// Documents of engines, compared byte by byte with Golden/&lt;engine&gt;/*. <c>HELIOS_UPDATE_GOLDEN=1</c> rewrites them;
/// review the difference before committing it. The end-to-end tests show them to the engines' own validators.
/// </summary>
internal sealed class GoldenAdapterTests
{
    public static IEnumerable<string> Names() => AdapterCases.All.Keys;

    public static IEnumerable<string> Engines() => AdapterEngines.All.Keys;

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_document_is_its_golden(string name) =>
        await Assert.That(GoldenFile.Differs(name, AdapterCases.Write(name))).IsEqualTo("");

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_document_is_a_pure_function_of_job_and_options(string name) =>
        await Assert.That(AdapterCases.Write(name)).IsEqualTo(AdapterCases.Write(name));

    [Test]
    [DependsOn(nameof(A_document_is_its_golden), ProceedOnFailure = true)]
    [MethodDataSource(nameof(Engines))]
    public async Task Every_golden_of_an_engine_belongs_to_a_case_and_is_short(string engine)
    {
        IReadOnlyList<string> files = GoldenFile.In(engine);

        await Assert.That(files).IsNotEmpty();
        foreach (string name in files)
        {
            string text = GoldenFile.Read(name);
            await Assert.That(AdapterCases.All.Keys).Contains(name);
            await Assert.That(text.Count(c => c == '\n')).IsLessThanOrEqualTo(200);
            await Assert.That(text.Contains('\r') || !text.EndsWith('\n') && engine != "helios-node").IsFalse().Because(name);
        }
    }
}
