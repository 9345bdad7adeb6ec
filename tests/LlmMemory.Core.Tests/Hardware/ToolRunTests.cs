using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using LlmMemory.Errors;
using Xunit;

namespace LlmMemory.Core.Tests.Hardware;

/// <summary>Tools that hang, flood, fail or are not there.</summary>
[Collection(FakeToolTests.Name)]
public sealed class ToolRunTests
{
    // Both the tool and what it started, whose parent is gone, must be: the one sleeps, the other keeps its output open.
    private const string Hang = "echo $$ > pids; (/bin/sleep 300 & echo $! >> pids); /bin/sleep 300 & echo $! >> pids; wait";

    [UnixFact]
    public void A_tool_that_hangs_is_ended_in_time_and_nothing_is_left_running()
    {
        using var tools = new FakeTools().Script("nvidia-smi", NvidiaSmiTests.Query, Hang);
        var clock = Stopwatch.StartNew();

        Assert.Empty(tools.Find(seconds: 0.5));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.4, 20);
        var error = Assert.Single(tools.Problems);
        Assert.Equal((ErrorIds.GpuToolTimedOut, tools.At("nvidia-smi")), (error.ErrorId, error.Value));
        Assert.Contains("did not end within 0.5 seconds", error.Message, StringComparison.Ordinal);
        AssertEnded(tools, 3);
    }

    // A daemon that a tool leaves behind holds its output open: the run would never be over.
    [UnixFact]
    public void A_tool_that_ends_and_leaves_a_child_behind_is_timed_out_as_well()
    {
        using var tools = new FakeTools().Script("nvidia-smi", NvidiaSmiTests.Query, "/bin/sleep 300 & echo $! > pids; exit 0");

        Assert.Empty(tools.Find(seconds: 0.5));

        Assert.Equal(ErrorIds.GpuToolTimedOut, Assert.Single(tools.Problems).ErrorId);
        AssertEnded(tools, 1);
    }

    [UnixFact]
    public void All_calls_of_a_tool_share_its_time()
    {
        using var tools = new FakeTools()
            .Script("nvidia-smi", NvidiaSmiTests.Query, $"/bin/sleep 0.4; echo '{NvidiaSmiTests.H100.Split('\n')[0]}'")
            .Script("nvidia-smi", NvidiaSmiTests.Processes, "exec /bin/sleep 300");
        var clock = Stopwatch.StartNew();

        Assert.Single(tools.Find(seconds: 1));
        Assert.Equal(ErrorIds.GpuToolTimedOut, Assert.Single(tools.Problems).ErrorId);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 20);
    }

    [UnixFact]
    public void A_search_that_is_called_off_ends_the_tool()
    {
        using var tools = new FakeTools().Script("nvidia-smi", NvidiaSmiTests.Query, Hang);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));

        Assert.ThrowsAny<OperationCanceledException>(() => tools.Find(cancellation: cancellation.Token));
        AssertEnded(tools, 3);
    }

    [UnixFact]
    public void A_tool_that_never_stops_printing_is_ended()
    {
        using var tools = new FakeTools().Script("nvidia-smi", NvidiaSmiTests.Query, "echo $$ > pids; exec /usr/bin/yes '0, NVIDIA'");

        Assert.Empty(tools.Find());

        var error = Assert.Single(tools.Problems);
        Assert.Equal(ErrorIds.GpuToolOutputInvalid, error.ErrorId);
        Assert.Contains("more than 4194304 bytes", error.Message, StringComparison.Ordinal);
        AssertEnded(tools, 1);
    }

    [UnixFact]
    public void A_flood_of_errors_blocks_nothing()
    {
        using var tools = new FakeTools()
            .Answer("nvidia-smi", NvidiaSmiTests.Query, NvidiaSmiTests.H100, errors: new string('!', 1 << 20))
            .Answer("nvidia-smi", NvidiaSmiTests.Processes, string.Empty);

        Assert.Equal(2, tools.Find().Count);
        Assert.Empty(tools.Problems);
    }

    [UnixFact]
    public void A_tool_that_asks_gets_no_answer_and_goes_on()
    {
        using var tools = new FakeTools()
            .Script("nvidia-smi", NvidiaSmiTests.Query, $"read answer; echo '{NvidiaSmiTests.H100.Split('\n')[0]}'")
            .Answer("nvidia-smi", NvidiaSmiTests.Processes, string.Empty);

        Assert.Single(tools.Find());
    }

    // What the tool of a driver that is not loaded says, on its output and with exit code 9.
    [UnixFact]
    public void A_tool_that_fails_hides_no_device_of_another()
    {
        using var tools = new FakeTools()
            .Answer("nvidia-smi", NvidiaSmiTests.Query, "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n", exitCode: 9)
            .Answer("rocm-smi", "--showproductname --showmeminfo vram --showuniqueid --showdriverversion --json", """{"card0": {"VRAM Total Memory (B)": "21458059264"}}""");

        Assert.Equal("AMD", Assert.Single(tools.Find()).Vendor);
        var error = Assert.Single(tools.Problems);
        Assert.Equal((ErrorIds.GpuToolFailed, tools.At("nvidia-smi")), (error.ErrorId, error.Value));
        Assert.Contains("ended with exit code 9: NVIDIA-SMI has failed because it couldn't communicate", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_tool_that_is_no_program_is_an_error()
    {
        using var tools = new FakeTools();
        File.WriteAllText(tools.At("nvidia-smi"), "no program");

        Assert.Empty(tools.Find());
        Assert.Contains("cannot be started", Assert.Single(tools.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_any_tool_is_an_error_that_names_what_was_looked_for()
    {
        using var tools = new FakeTools();

        var error = Assert.Throws<LlmMemoryException>(() => tools.Find());
        Assert.Equal((ErrorIds.GpuToolMissing, "nvidia-smi, amd-smi, rocm-smi, xpu-smi"), (error.ErrorId, error.Value));
        Assert.Contains(Environment.MachineName, error.Message, StringComparison.Ordinal);
    }

    // Each mark could be where a pattern begins that never ends.
    [UnixFact]
    public void A_line_that_would_take_a_pattern_forever_takes_no_time()
    {
        var hostile = "GPU 0: " + string.Concat(Enumerable.Repeat("(UUID: ", 200_000)) + "\n";
        using var tools = new FakeTools()
            .Answer("nvidia-smi", NvidiaSmiTests.Query, NvidiaSmiTests.MigRows)
            .Answer("nvidia-smi", NvidiaSmiTests.Processes, string.Empty)
            .Answer("nvidia-smi", "-L", hostile)
            .Answer("nvidia-smi", "-q -x", NvidiaSmiTests.MigDocument);

        Assert.Equal(4, tools.Find().Count);
        Assert.Empty(tools.Problems);
    }

    // A fixed seed: what was recorded, with bytes changed, cut off and doubled.
    [UnixFact]
    public void Damaged_output_is_an_error_of_its_own_or_devices_and_nothing_else()
    {
        var random = new Random(20261124);
        foreach (var _ in Enumerable.Range(0, 25))
        {
            using var tools = new FakeTools()
                .Answer("nvidia-smi", NvidiaSmiTests.Query, NvidiaSmiTests.MigRows)
                .Answer("nvidia-smi", NvidiaSmiTests.Processes, Damage(NvidiaSmiTests.H100Processes, random))
                .Answer("nvidia-smi", "-L", Damage(NvidiaSmiTests.MigList, random))
                .Answer("nvidia-smi", "-q -x", Damage(NvidiaSmiTests.MigDocument, random));

            Assert.InRange(tools.Find().Count, 2, 20);
            Assert.All(tools.Problems, problem => Assert.Equal(ErrorIds.GpuToolOutputInvalid, problem.ErrorId));
        }
    }

    private static string Damage(string text, Random random)
    {
        var damaged = new StringBuilder(text);
        for (var i = random.Next(4); i > 0; i--)
        {
            damaged[random.Next(damaged.Length)] = (char)random.Next(32, 127);
        }

        var cut = random.Next(damaged.Length);
        return random.Next(3) switch
        {
            0 => damaged.ToString(0, cut),
            1 => damaged.ToString() + damaged.ToString(cut, damaged.Length - cut),
            _ => damaged.ToString(),
        };
    }

    private static void AssertEnded(FakeTools tools, int count)
    {
        var ids = File.ReadAllLines(tools.At("pids"));
        Assert.Equal(count, ids.Length);
        Assert.All(ids, id => Assert.True(IsGone(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)), $"{id} is still running"));
    }

    // One whose parent is gone is a zombie until the system's first process has collected it.
    private static bool IsGone(int id)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            if (!File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal))
            {
                return true;
            }

            Thread.Sleep(20);
        }

        return false;
    }
}
