using System.Text;
using System.Threading.Tasks;
using Helios.Browser;

namespace Helios.Tests.Browser;

internal sealed class DevToolsMessageTests
{
    [Test]
    // answers
    [Arguments("""{"id":7,"result":{"a":1},"sessionId":"S1"}""", "7||S1|{\"a\":1}|", DisplayName = "answer of a page")]
    [Arguments("""{"id":1,"result":{}}""", "1|||{}|", DisplayName = "answer of the browser")]
    [Arguments("""{"id":3,"error":{"code":-32601,"message":"'X.y' wasn't found"}}""",
        "3||||{\"code\":-32601,\"message\":\"'X.y' wasn't found\"}", DisplayName = "refusal")]
    [Arguments("""{"id":2147483647,"result":{}}""", "2147483647|||{}|", DisplayName = "last number")]
    // events
    [Arguments("""{"method":"Page.loadEventFired","params":{"timestamp":1.5},"sessionId":"S1"}""",
        "0|Page.loadEventFired|S1|{\"timestamp\":1.5}|", DisplayName = "event")]
    [Arguments("""{"method":"Inspector.detached"}""", "0|Inspector.detached|||", DisplayName = "event without parameters")]
    // order, white space, unknown members
    [Arguments("""{"sessionId":"S1","params":{},"method":"A.b"}""", "0|A.b|S1|{}|", DisplayName = "any order")]
    [Arguments("""{ "id" : 7 , "result" : { "a" : [ 1 ] } }""", "7|||{ \"a\" : [ 1 ] }|", DisplayName = "white space")]
    [Arguments("""{"new":{"id":9,"method":"X.y"},"list":[{"id":8}],"id":7,"result":{}}""", "7|||{}|",
        DisplayName = "unknown members are passed over")]
    [Arguments("""{"id":7,"result":{"id":9,"method":"X.y","error":{},"sessionId":"S9"}}""",
        "7|||{\"id\":9,\"method\":\"X.y\",\"error\":{},\"sessionId\":\"S9\"}|", DisplayName = "a body may look like an envelope")]
    [Arguments("""{"method":"A.b","params":{"t":"\"},\"id\":5,{\\"}}""", "0|A.b||{\"t\":\"\\\"},\\\"id\\\":5,{\\\\\"}|",
        DisplayName = "text in a body may look like an envelope")]
    [Arguments("""{"method":"A.b","params":{"t":"Grüße 🎬"}}""", "0|A.b||{\"t\":\"Grüße 🎬\"}|", DisplayName = "UTF-8")]
    [Arguments("{}", "0||||", DisplayName = "nothing in it")]
    public async Task An_envelope_is_taken_apart(string json, string expected) => await Assert.That(Describe(json)).IsEqualTo(expected);

    /// <summary>Id, method, session, body and error between bars; the message cannot leave the stack.</summary>
    private static string Describe(string json)
    {
        DevToolsMessage message = DevToolsMessage.Parse(Encoding.UTF8.GetBytes(json));
        return string.Join(
            '|',
            $"{message.Id}",
            Encoding.UTF8.GetString(message.Method),
            Encoding.UTF8.GetString(message.Session),
            Encoding.UTF8.GetString(message.Body),
            Encoding.UTF8.GetString(message.Error));
    }
}
