using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Helios.Page.Requests;
using Helios.Tests.Support;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Page.Requests;

internal sealed class MovingImageTests
{
    private static readonly string s_assets = Path.Combine(Repository.Root, "tests", "Helios.EndToEnd", "Pages", "assets");

    [Test]
    [Arguments("counter.gif", true)]
    [Arguments("counter.webp", true)]
    [Arguments("counter.webm", false)]
    [Arguments("picture.svg", false)]
    public async Task Files_of_the_test_pages(string name, bool moves)
    {
        await Assert.That(MovingImage.Is(await File.ReadAllBytesAsync(Path.Combine(s_assets, name)))).IsEqualTo(moves);
    }

    [Test]
    [Arguments("", false)]
    [Arguments("GIF89a....!\u00f9\u0004....", false)]
    [Arguments("GIF89a....!\u00f9\u0004....!\u00f9\u0004", true)]
    [Arguments("\u0089PNG....IHDR....IDAT", false)]
    [Arguments("\u0089PNG....IHDR....acTL....IDAT", true)]
    [Arguments("RIFF....WEBPVP8 ............", false)]
    [Arguments("RIFF....WEBPVP8X....\u0000.......", false)]
    [Arguments("RIFF....WEBPVP8X....\u0002.......", true)]
    [Arguments("....ftypavif....", false)]
    [Arguments("....ftypavis....", true)]
    [Arguments("acTL", false)]
    [Arguments("<svg><rect/></svg>", false)]
    [Arguments("<?xml version='1.0'?><!-- a --><svg><rect><animate/></rect></svg>", true)]
    [Arguments("<svg><animateTransform attributeName='transform'/></svg>", true)]
    [Arguments("<svg><settings/><set\n attributeName='x'/></svg>", true)]
    [Arguments("<svg><settings/><sets/></svg>", false)]
    [Arguments("<svg><style>rect{fill:red;transition:fill 1s}</style></svg>", false)]
    [Arguments("<svg><style>@keyframes a{}</style></svg>", true)]
    [Arguments("<html><animate/></html>", false)]
    public async Task A_file_tells_by_its_first_bytes(string bytes, bool moves)
    {
        await Assert.That(MovingImage.Is(Encoding.Latin1.GetBytes(bytes))).IsEqualTo(moves);
    }
}
