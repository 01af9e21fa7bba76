using System.Threading.Tasks;

namespace Helios.EndToEnd.Harness.Programs;

/// <summary>A program in a browser's place. It is compiled, since helios refuses scripts there.</summary>
internal static class FakeBrowser
{
    private const string Source = """
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>

        /* answers every call, but has no HeadlessExperimental */
        static void answer(const char *message) {
          const char *id = strstr(message, "\"id\":");
          char text[256];
          int number = id ? atoi(id + 5) : 0;
          const char *result = strstr(message, "getVersion") ? (strcmp(getenv("FAKE_BROWSER"), "old") ? "\"result\":{\"product\":\"Fake/1\"}" : "\"result\":{\"product\":\"HeadlessChrome/99.0.4844.51\"}")
            : strstr(message, "createTarget") ? "\"result\":{\"targetId\":\"T\"}"
            : strstr(message, "attachToTarget") ? "\"result\":{\"sessionId\":\"S\"}"
            : strstr(message, "HeadlessExperimental") ? "\"error\":{\"code\":-32601,\"message\":\"'HeadlessExperimental.enable' wasn't found\"}"
            : "\"result\":{}";
          int length = snprintf(text, sizeof text, "{\"id\":%d,%s}", number, result);
          if (write(4, text, length + 1) < 0) exit(1);
          if (strstr(message, "Browser.close")) exit(0);
        }

        int main(void) {
          const char *mode = getenv("FAKE_BROWSER");
          static char buffer[1 << 20];
          int used = 0, count;
          if (!strcmp(mode, "kill")) raise(SIGKILL);
          if (!strcmp(mode, "terminate")) raise(SIGTERM);
          if (!strcmp(mode, "crash") || (!strcmp(mode, "crash-once") && !unlink("first"))) raise(SIGSEGV);
          if (!strcmp(mode, "sandbox")) {
            fputs("[0101/000000.000000:ERROR:content/browser/zygote_host/zygote_host_impl_linux.cc:130] No usable sandbox! "
                  "If this is a Debian system, please install the chromium-sandbox package to solve this problem.\n", stderr);
            return 1;
          }
          while ((count = read(3, buffer + used, 1)) > 0) {
            if (buffer[used] != 0) { used++; continue; }
            answer(buffer);
            used = 0;
          }
          return 0;
        }
        """;

    /// <returns>Its path; the variable FAKE_BROWSER says how it behaves: kill, terminate, crash, crash-once (while a file
    /// "first" is there), sandbox, old, plain.</returns>
    internal static async Task<string> BuildAsync(TestDirectory directory)
    {
        directory.Write("browser.c", Source);
        (await Tool.Run("gcc", "gcc", "-o", "browser", "browser.c").In(directory)).Succeeded();
        return directory.PathOf("browser");
    }
}
