using System;
using System.Linq;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>Devices that are piped into planning, live and as they come over a wire.</summary>
public sealed class PlanningDeviceTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    // What Get-LlmGpu -Local would give on two machines, one of them busy.
    private const string Fleet = """
        $fleet = foreach ($item in @('one', 0, 70), @('one', 1, 70), @('two', 0, 2)) {
            [LlmMemory.Hardware.GpuDevice]@{
                ComputerName = $item[0]; Index = $item[1]; Name = 'NVIDIA H100 80GB HBM3'; Vendor = 'NVIDIA'; Source = 'nvidia-smi'
                TotalBytes = 81559MB; UsedBytes = 81559MB - $item[2] * 1GB; FreeBytes = $item[2] * 1GB; Gpu = 'H100 SXM5 80GB'
            }
        }

        """;

    [Fact]
    public void Devices_of_a_machine_are_taken_together_with_what_is_free_of_them()
    {
        var fits = session.Run(Fleet + "$fleet | Test-LlmMemoryFit -Model llama-3.1-70b -ContextLength 8k -PassThru").Clean();

        Assert.Equal(["2 x NVIDIA H100 80GB HBM3 of one", "NVIDIA H100 80GB HBM3 of two"], fits.Select(fit => fit.Get("Gpu")));
        Assert.Equal([true, false], fits.Select(fit => fit.Get("Fits")));
        Assert.Equal(70L << 30, fits[0].Get("AvailableBytes"));
    }

    [Theory]
    [InlineData("$fleet")]
    [InlineData("$fleet | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) }")]
    public void Devices_are_the_same_after_they_came_over_a_wire(string devices)
    {
        var direct = session.Run(Fleet + "Test-LlmMemoryFit -Model llama-3.1-70b -ContextLength 8k -Gpu $fleet -PassThru").Clean();
        var piped = session.Run(Fleet + $"{devices} | Find-LlmLimit -Model llama-3.1-8b -Engine Generic -Maximize ContextLength").Clean();
        var verdicts = session.Run(Fleet + $"{devices} | Test-LlmMemoryFit -Model llama-3.1-70b -ContextLength 8k -PassThru").Clean();

        Assert.Equal(direct.Select(fit => $"{fit.Get("Gpu")} {fit.Get("RequiredBytes")} {fit.Get("AvailableBytes")}"), verdicts.Select(fit => $"{fit.Get("Gpu")} {fit.Get("RequiredBytes")} {fit.Get("AvailableBytes")}"));
        Assert.Equal([131072L, null], piped.Select(limit => limit.Get("Value")));
    }

    [Theory]
    [InlineData("$kinds")]
    [InlineData("$kinds | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) }")]
    public void Kinds_of_GPUs_go_through_a_pipeline_each_by_itself(string kinds)
    {
        var fits = session.Run(
            "$kinds = [LlmMemory.Hardware.GpuCatalogue]::All | Where-Object Name -in 'T4 16GB','L4 24GB'; " + $"{kinds} | Test-LlmMemoryFit 8B -Count 1,2 -PassThru").Clean();

        Assert.Equal(
            ["2 x L4 24GB True", "2 x T4 16GB True", "L4 24GB True", "T4 16GB False"],
            fits.Select(fit => $"{fit.Get("Gpu")} {fit.Get("Fits")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Devices_of_a_machine_are_named_for_the_host_that_was_asked()
    {
        var result = session.Run(Fleet + """
            $wire = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($fleet[0]))
            $wire.psobject.Properties.Add([System.Management.Automation.PSNoteProperty]::new('PSComputerName', 'node7'))
            $wire | Test-LlmMemoryFit 7B -PassThru
            """).Single();

        Assert.Equal("NVIDIA H100 80GB HBM3 of node7", result.Get("Gpu"));
    }

    [Fact]
    public void A_GPU_that_is_divided_is_left_out()
    {
        var result = session.Run(Fleet + """
            $whole = [LlmMemory.Hardware.GpuDevice]@{ ComputerName = 'one'; Index = 0; Name = 'A100'; Vendor = 'NVIDIA'; Source = 'nvidia-smi'; TotalBytes = 80GB; IsDivided = $true }
            $part = [LlmMemory.Hardware.GpuDevice]@{ ComputerName = 'one'; Index = 0; Name = 'A100 1g.10gb'; Vendor = 'NVIDIA'; Source = 'nvidia-smi'; TotalBytes = 9GB; IsMig = $true }
            $whole, $part | Test-LlmMemoryFit 7B -PassThru
            """).Single();

        Assert.Equal(("A100 1g.10gb of one", false), (result.Get("Gpu"), result.Get("Fits")));
    }

    [Fact]
    public void A_device_whose_memory_nobody_knows_is_an_error_and_the_others_go_on()
    {
        var result = session.Run(Fleet + """
            $blind = [LlmMemory.Hardware.GpuDevice]@{ ComputerName = 'three'; Index = 0; Name = 'Odd'; Vendor = 'Odd'; Source = 'odd-smi' }
            $blind, $fleet[0] | Test-LlmMemoryFit 7B
            """);

        Assert.StartsWith("DeviceMemoryMissing,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(true, Assert.Single(result.Output).BaseObject);
    }
}
