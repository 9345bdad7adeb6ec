using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Hardware;
using Xunit;

namespace LlmMemory.Core.Tests.Hardware;

public sealed class GpuCatalogueTests
{
    [Theory]
    [InlineData("H100 SXM5 80GB", "H100 SXM5 80GB")]
    [InlineData("h100sxm5", "H100 SXM5 80GB")]
    [InlineData("H100-SXM", "H100 SXM5 80GB")]
    [InlineData("NVIDIA H100 80GB HBM3", "H100 SXM5 80GB")]
    [InlineData("H100 80GB HBM3", "H100 SXM5 80GB")]
    [InlineData("NVIDIA H100 PCIe", "H100 PCIe 80GB")]
    [InlineData("H200", "H200 SXM 141GB")]
    [InlineData("A100 SXM4", "A100 SXM4 80GB")]
    [InlineData("NVIDIA A100-SXM4-40GB", "A100 40GB")]
    [InlineData("4090", "GeForce RTX 4090 24GB")]
    [InlineData("RTX 4090", "GeForce RTX 4090 24GB")]
    [InlineData("NVIDIA GeForce RTX 4090", "GeForce RTX 4090 24GB")]
    [InlineData("Tesla T4", "T4 16GB")]
    [InlineData("T4", "T4 16GB")]
    [InlineData("AMD Instinct MI300X", "MI300X 192GB")]
    [InlineData("m4 max 64gb", "Apple M4 Max 64GB")]
    [InlineData("Apple M4 Max 128GB", "Apple M4 Max 128GB")]
    [InlineData("Strix Halo", "Ryzen AI Max+ 395 128GB")]
    public void A_GPU_is_found_by_what_people_and_tools_call_it(string spelling, string name)
    {
        Assert.Equal(name, GpuCatalogue.All.Find(spelling).Name);
    }

    [Theory]
    [InlineData("H100", "H100 SXM5 80GB or H100 PCIe 80GB or H100 NVL 94GB")]
    [InlineData("M4 Max", "Apple M4 Max 128GB or Apple M4 Max 64GB or Apple M4 Max 48GB or Apple M4 Max 36GB")]
    [InlineData("RTX 4909", "GeForce RTX 4090 24GB")]
    public void An_unknown_or_ambiguous_name_is_an_error_with_the_nearest_names(string spelling, string nearest)
    {
        var error = Assert.Throws<LlmMemoryException>(() => GpuCatalogue.All.Find(spelling));

        Assert.Equal(ErrorIds.GpuUnknown, error.ErrorId);
        Assert.Equal(spelling, error.Value);
        Assert.Contains($"Did you mean {nearest}?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalogue_has_what_was_promised()
    {
        Assert.True(GpuCatalogue.All.Count >= 85, $"{GpuCatalogue.All.Count} GPUs");
        Assert.Equal(["AMD", "AWS", "Apple", "Google", "Intel", "NVIDIA"], GpuCatalogue.All.Select(gpu => gpu.Vendor).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_usable_is_never_more_than_what_is_there()
    {
        Assert.All(GpuCatalogue.All.Concat(GpuCatalogue.All.Further), gpu =>
        {
            // A GB of memory is at most a GiB, and NVIDIA's 141GB and 288GB are GB of 1e9 bytes and a little more.
            Assert.InRange(gpu.UsableBytes, (long)(gpu.MemoryGB * 0.45e9), gpu.TotalBytes ?? (long)(gpu.MemoryGB * (1L << 30)));
            Assert.InRange(gpu.TotalBytes ?? gpu.UsableBytes, gpu.UsableBytes, (long)(gpu.MemoryGB * (1L << 30)));
        });
    }

    [Fact]
    public void Each_figure_has_its_evidence_and_only_what_was_read_is_called_verified()
    {
        Assert.All(GpuCatalogue.All.Concat(GpuCatalogue.All.Further), gpu =>
        {
            var figures = new (string Name, bool IsThere)[]
            {
                (nameof(gpu.TotalBytes), gpu.TotalBytes is not null),
                (nameof(gpu.UsableBytes), true),
                (nameof(gpu.BandwidthGBps), gpu.BandwidthGBps is not null),
                (nameof(gpu.Bf16Tflops), gpu.Bf16Tflops is not null),
                (nameof(gpu.Fp8Tflops), gpu.Fp8Tflops is not null),
                (nameof(gpu.Fp4Tflops), gpu.Fp4Tflops is not null),
                (nameof(gpu.LinkGBps), gpu.LinkGBps is not null),
                (nameof(gpu.Instances), gpu.Instances.Count > 0),
            };
            Assert.Equal(figures.Where(figure => figure.IsThere).Select(figure => figure.Name), gpu.Evidence.Select(figure => figure.Figure));
            Assert.All(gpu.Evidence, figure => Assert.NotEmpty(figure.Source));
        });
        Assert.Equal(
            [true, true, true, true, true, false, false],
            GpuCatalogue.All.Find("H100 SXM5").Evidence.Select(figure => figure.IsVerified));
    }

    // nvidia-smi shows 81559 MiB, vLLM's logs of CUDA's total 79.19 to 79.22 GiB: the table has the lower.
    [Fact]
    public void An_H100_has_the_figures_of_its_tools()
    {
        var gpu = GpuCatalogue.All.Find("H100 SXM5");

        Assert.Equal(81559L << 20, gpu.TotalBytes);
        Assert.Equal(85_029_615_042, gpu.UsableBytes);
        Assert.Equal("H100 SXM5 80GB: 79.2 GiB usable, 3.35 TB/s", gpu.Description);
        Assert.Contains(gpu.Instances, instance => $"{instance}" == "AWS p5.48xlarge (8)");
    }

    [Fact]
    public void A_figure_that_nobody_read_is_derived_and_says_by_which_rule()
    {
        var derived = GpuCatalogue.All.Find("GH200 144GB");

        Assert.Equal(144_000_000_000 - (1L << 30), derived.UsableBytes);
        Assert.False(derived.IsVerified);
        Assert.StartsWith("Derived: the memory as sold", derived.Evidence.Single(figure => figure.Figure == "UsableBytes").Source, StringComparison.Ordinal);
    }
}
