using System.Threading.Tasks;
using Helios.Jobs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Jobs;

internal sealed class BlockListTests
{
    [Test]
    [Arguments("https://a.com/*", "https://a.com/x.js?y=1", true)]
    [Arguments("https://a.com/*", "https://A.com/", true, DisplayName = "in any case")]
    [Arguments("https://a.com/*", "http://a.com/", false, DisplayName = "another scheme")]
    [Arguments("https://a.com/x", "https://a.com/x.js", false, DisplayName = "only a part")]
    [Arguments("*analytics*", "https://b.com/analytics.js", true)]
    [Arguments("https://a.com/x?y=1", "https://a.com/x?y=1", true, DisplayName = "a question mark is itself")]
    [Arguments("https://a.com/x?y=1", "https://a.com/x_y=1", false, DisplayName = "and nothing else")]
    [Arguments("https://a.com/*ab*ab", "https://a.com/ab", false, DisplayName = "parts do not overlap")]
    [Arguments("https://a.com/*ab*ab", "https://a.com/xabab", true)]
    [Arguments("https://a.com/(x)[1]$+", "https://a.com/(x)[1]$+", true, DisplayName = "so are all others")]
    public async Task A_url_matches(string pattern, string url, bool matches) =>
        await Assert.That(new BlockList(["https://other/*", pattern]).Contains(url)).IsEqualTo(matches);

    [Test]
    [Arguments("", "it has 1 to 1000 characters")]
    [Arguments("a.com/*", "it begins with http://, https:// or *")]
    [Arguments("https://a b/*", "blanks and characters that a URL cannot hold must be percent-encoded")]
    [Arguments("https://a\\b/*", "blanks and characters that a URL cannot hold must be percent-encoded")]
    [Arguments("https://a.com/*", null)]
    [Arguments("*/tag.js", null)]
    public async Task A_pattern_is_checked(string pattern, string? what) => await Assert.That(BlockList.Check(pattern)).IsEqualTo(what);
}
