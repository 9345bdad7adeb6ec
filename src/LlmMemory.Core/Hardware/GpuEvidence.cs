using System.Collections.Generic;
using LlmMemory.Json;

namespace LlmMemory.Hardware;

/// <summary>
/// A figure of a GPU that needs evidence: the property that has it, its field in the table, and the name that its
/// source goes by there. Figures that are published together have one source.
/// </summary>
internal sealed class GpuEvidence
{
    /// <summary>The field of the usable memory, the one figure that is derived where it is not known.</summary>
    public const string Usable = "usable";

    private const string Quoted = "As generally quoted; its source was not read.";

    private readonly string _property;
    private readonly string _source;

    private GpuEvidence(string property, string field, string source)
    {
        _property = property;
        Field = field;
        _source = source;
    }

    /// <summary>The figures in the order in which they are shown.</summary>
    public static IReadOnlyList<GpuEvidence> Figures { get; } =
    [
        new(nameof(Gpu.TotalBytes), "total", "total"),
        new(nameof(Gpu.UsableBytes), Usable, Usable),
        new(nameof(Gpu.BandwidthGBps), "bandwidth", "bandwidth"),
        new(nameof(Gpu.Bf16Tflops), "bf16", "tflops"),
        new(nameof(Gpu.Fp8Tflops), "fp8", "tflops"),
        new(nameof(Gpu.Fp4Tflops), "fp4", "tflops"),
        new(nameof(Gpu.LinkGBps), "link", "link"),
        new(nameof(Gpu.Instances), "instances", "instances"),
    ];

    /// <summary>The field of the table.</summary>
    public string Field { get; }

    /// <summary>Says where the figure comes from.</summary>
    /// <param name="sources">The sources that the line gives.</param>
    /// <param name="isDerived">True where the line does not have the figure.</param>
    /// <param name="hasTotal">True where the line has the total that the figure is then derived from.</param>
    public GpuFigure Read(JsonNode? sources, bool isDerived, bool hasTotal)
    {
        if (isDerived)
        {
            var from = hasTotal ? "what the driver's tool shows" : "the memory as sold, in GB of 1e9 bytes,";
            return new GpuFigure(_property, $"Derived: {from} less 1 GiB (768 MiB up to 32 GiB), more than any kind was seen to lose.", isVerified: false);
        }

        var source = sources?.Get(_source)?.AsText();
        return new GpuFigure(_property, source ?? Quoted, source is not null);
    }
}
