using Helios.EndToEnd.Harness;
using TUnit.Core;

// every test starts processes: none may hang, and two cores are not served by dozens at once
[assembly: Timeout(60_000)]
[assembly: UsualLimits]
