using System;
using System.Collections;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using LlmMemory.Core.Tests.Hardware;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>Get-LlmGpu: the catalogue, and this machine through fake tools.</summary>
public sealed class GpuTests : IClassFixture<ModuleSession>, IDisposable
{
    private const string Query =
        "--query-gpu=index,name,uuid,driver_version,memory.total,memory.used,memory.free,mig.mode.current --format=csv,noheader,nounits";

    private const string Processes = "--query-compute-apps=gpu_uuid,pid,process_name,used_memory --format=csv,noheader,nounits";

    private readonly ModuleSession _session;
    private readonly FakeTools _tools = new();
    private readonly EnvironmentVariables _variables = new();

    public GpuTests(ModuleSession session)
    {
        _session = session;
        _variables["PATH"] = _tools.Folder;
    }

    public void Dispose()
    {
        _variables.Dispose();
        _tools.Dispose();
    }

    [Theory]
    [InlineData("Get-LlmGpu 'H100 SXM5'", "H100 SXM5 80GB")]
    [InlineData("Get-LlmGpu H100*", "H100 SXM5 80GB;H100 PCIe 80GB;H100 NVL 94GB")]
    [InlineData("Get-LlmGpu 4090, T4", "GeForce RTX 4090 24GB;T4 16GB")]
    [InlineData("'L4', 'L40S' | Get-LlmGpu", "L4 24GB;L40S 48GB")]
    [InlineData("Get-LlmGpu 'L4' | Get-LlmGpu", "L4 24GB")]
    [InlineData("[pscustomobject]@{ Name = 'NVIDIA A100 80GB PCIe' } | Get-LlmGpu", "A100 PCIe 80GB")]
    [InlineData("Get-LlmGpu *nothing*", "")]
    [InlineData("Get-LlmGpu 'm1 ultra*'", "Apple M1 Ultra 128GB;Apple M1 Ultra 64GB")]
    [InlineData("Get-LlmGpu -Vendor amd -MinimumMemory 256GB", "MI325X 256GB;MI350X 288GB;MI355X 288GB")]
    [InlineData("Get-LlmGpu h100*, h200* -MinimumMemory '94 GB'", "H100 NVL 94GB;H200 SXM 141GB;H200 NVL 141GB")]
    [InlineData("Get-LlmGpu -Instance P5.48XLARGE", "H100 SXM5 80GB")]
    [InlineData("Get-LlmGpu -Instance g6.*, *A10_v5", "A10 24GB;L4 24GB")]
    public void GPUs_are_found_by_name_and_narrowed_down(string script, string names)
    {
        Assert.Equal(names.Split(';', StringSplitOptions.RemoveEmptyEntries), _session.Run(script).Clean().Select(gpu => (string)gpu.Get("Name")!));
    }

    [Fact]
    public void Everything_is_listed_when_nothing_is_said()
    {
        var result = _session.Run("Get-LlmGpu").Clean();

        Assert.True(result.Count >= 85);
        Assert.Equal(["NVIDIA", "AMD", "Intel", "Apple", "AWS", "Google"], result.Select(gpu => (string)gpu.Get("Vendor")!).Distinct());
    }

    [Fact]
    public void An_unknown_name_is_an_error_of_its_own_and_the_rest_goes_on()
    {
        var result = _session.Run("Get-LlmGpu L4, H101, T4");

        Assert.Equal(["L4 24GB", "T4 16GB"], result.Values("Name"));
        var error = Assert.Single(result.Errors);
        Assert.Equal("GpuUnknown,LlmMemory.Commands.GetLlmGpuCommand", error.FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.ObjectNotFound, "H101"), (error.CategoryInfo.Category, error.TargetObject));
    }

    [Theory]
    [InlineData("Get-LlmGpu -Vendor NVDIA, amd", "GpuVendorUnknown", "NVDIA", 11)]
    [InlineData("Get-LlmGpu -Instance p5.49xlarge, p5.48xlarge", "CloudInstanceUnknown", "p5.49xlarge", 1)]
    public void An_unknown_filter_is_an_error_and_the_others_hold(string script, string id, string value, int count)
    {
        var result = _session.Run(script);

        Assert.Equal(count, result.Output.Count);
        var error = Assert.Single(result.Errors);
        Assert.Equal((id, value), (error.FullyQualifiedErrorId.Split(',')[0], error.TargetObject));
    }

    [Fact]
    public void A_size_that_is_none_ends_the_command()
    {
        Assert.Equal(
            "ServingSettingInvalid",
            $"{_session.Run("try { Get-LlmGpu -MinimumMemory much } catch { $_.FullyQualifiedErrorId }").Single().BaseObject}".Split(',')[0]);
    }

    [Theory]
    [InlineData("Get-LlmGpu h100", "'H100 SXM5 80GB'", "H100 SXM5 80GB: 79.2 GiB usable, 3.35 TB/s")]
    [InlineData("Get-LlmGpu -Instance p5.4", "p5.4xlarge", "AWS: 1 x H100 SXM5 80GB")]
    [InlineData("Get-LlmGpu -Vendor A", "AMD", "11 kinds, such as MI210 64GB")]
    [InlineData("Get-LlmGpu -Local -TimeoutSeconds ", "5", "5 seconds: a machine whose driver stays loaded (persistence mode)")]
    public void Values_complete_with_tooltips(string line, string text, string tooltip)
    {
        var completion = (CommandCompletion)_session.Run($"TabExpansion2 \"{line}\" {line.Length}").Single().BaseObject;

        Assert.Equal((text, tooltip), (completion.CompletionMatches[0].CompletionText, completion.CompletionMatches[0].ToolTip));
    }

    [UnixFact]
    public void The_devices_of_this_machine_are_objects_that_survive_remoting()
    {
        AddGpus();
        var result = _session.Run("Get-LlmGpu -Local -Verbose");

        Assert.Equal([42013L << 20, 4L << 20], result.Values("UsedBytes"));
        Assert.Equal(2, result.Verbose.Count);
        Assert.StartsWith($"Running {_tools.At("nvidia-smi")} --query-gpu=", result.Verbose[0], StringComparison.Ordinal);

        // Remoting serialises one level unless the type asks for more.
        var copy = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(result.Output[0], depth: 1));
        Assert.Equal("Deserialized.LlmMemory.Hardware.GpuDevice", copy.TypeNames[0]);
        Assert.Equal((39067L << 20, 81559L << 20, "H100 SXM5 80GB", 0), (copy.Get("FreeBytes"), copy.Get("TotalBytes"), copy.Get("Gpu"), copy.Get("Index")));
        Assert.Null(copy.Get("Note"));
        var processes = ((IEnumerable)((PSObject)copy.Get("Processes")!).BaseObject).Cast<PSObject>().ToList();
        Assert.Equal((4711, "python3", 41870L << 20), (processes[0].Get("Id"), processes[0].Get("Name"), processes[0].Get("UsedBytes")));

        var kinds = _session.Run("$input | Get-LlmGpu", [.. result.Output]);
        Assert.Equal(["H100 SXM5 80GB", "H100 SXM5 80GB"], kinds.Values("Name"));
    }

    [Fact]
    public void A_kind_keeps_its_instances_and_its_evidence_through_remoting()
    {
        var xml = PSSerializer.Serialize(_session.Run("Get-LlmGpu 'H100 SXM5'").Single(), depth: 1);

        Assert.Contains("<S N=\"Name\">p5.48xlarge</S>", xml, StringComparison.Ordinal);
        Assert.Contains("<S N=\"Figure\">UsableBytes</S>", xml, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Eighty_columns_show_what_can_be_used_where()
    {
        AddGpus();
        var host = new RecordingHost(80);
        using var runspace = ModuleSession.Open(host);
        ModuleSession.Run(runspace, "Get-LlmGpu -Local | Out-Default; Get-LlmGpu 'H100 SXM5' | Out-Default").Clean();

        var lines = host.PlainText.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 79));
        Assert.Matches(@" # Name +Free\(GiB\) Total\(GiB\) Used\(GiB\)$", lines[0]);
        Assert.Matches(" 0 NVIDIA H100 80GB HBM3 +38.15 +79.65 +41.03$", lines[2]);
        Assert.Equal("Name                           Sold(GB) Usable(GiB)   GB/s BF16(TF/s) Vendor", lines[4]);
        Assert.Equal("H100 SXM5 80GB                       80       79.19   3350        989 NVIDIA", lines[6]);
    }

    [UnixFact]
    public void A_tool_that_hangs_is_an_error_and_those_of_others_are_listed()
    {
        _tools.Script("nvidia-smi", Query, "/bin/sleep 300").Answer(
            "rocm-smi", "--showproductname --showmeminfo vram --showuniqueid --showdriverversion --json", """{"card0": {"VRAM Total Memory (B)": "21458059264"}}""");
        var result = _session.Run("Get-LlmGpu -Local -TimeoutSeconds 1");

        Assert.Equal(["AMD"], result.Values("Vendor"));
        Assert.Equal(ErrorCategory.OperationTimeout, Assert.Single(result.Errors).CategoryInfo.Category);
    }

    [UnixFact]
    public void Stopping_the_pipeline_ends_the_tool()
    {
        _tools.Script("nvidia-smi", Query, "echo $$ > pid; exec /bin/sleep 300");
        using var runspace = ModuleSession.Open(new RecordingHost(80));
        using var shell = PowerShell.Create(runspace);
        var running = shell.AddScript("Get-LlmGpu -Local").BeginInvoke();
        SpinWait.SpinUntil(() => File.Exists(_tools.At("pid")) && new FileInfo(_tools.At("pid")).Length > 0, TimeSpan.FromSeconds(30));
        var id = int.Parse(File.ReadAllText(_tools.At("pid")), System.Globalization.CultureInfo.InvariantCulture);

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [UnixFact]
    public void It_works_in_constrained_language()
    {
        AddGpus();
        using var runspace = ModuleSession.Open(new RecordingHost(120));
        runspace.SessionStateProxy.LanguageMode = PSLanguageMode.ConstrainedLanguage;

        Assert.Equal(2, ModuleSession.Run(runspace, "Get-LlmGpu -Local").Clean().Count);
        Assert.Equal("H100 NVL 94GB", ModuleSession.Run(runspace, "Get-LlmGpu h100* -MinimumMemory 90GB").Single().Get("Name"));
    }

    private void AddGpus()
    {
        _tools
            .Answer("nvidia-smi", Query, """
                0, NVIDIA H100 80GB HBM3, GPU-1f3c5a52-7f8e-4c3e-9d4b-1c0f6c9a7b11, 580.65.06, 81559, 42013, 39067, Disabled
                1, NVIDIA H100 80GB HBM3, GPU-2b8d0e0c-0f6a-4b51-8a53-5d2f9f1e6a22, 580.65.06, 81559, 4, 81076, Disabled

                """)
            .Answer("nvidia-smi", Processes, "GPU-1f3c5a52-7f8e-4c3e-9d4b-1c0f6c9a7b11, 4711, python3, 41870\n");
    }
}
