using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Quantization.Storage;
using LlmMemory.Sources.Config;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>
/// Codes of compressed-tensors that take a byte each, with scales by strategy. Sources: vllm-project/compressed-tensors,
/// compressors/naive_quantized/base.py, mxfp8/base.py and quantization/lifecycle/initialize.py.
/// </summary>
/// <param name="Name">What the codes are called: FP8, INT8.</param>
/// <param name="CodeType">How a code is stored.</param>
/// <param name="Weights">The numbers of the weights.</param>
/// <param name="Activations">The numbers of the inputs; null where they stay as they are.</param>
internal sealed record CompressedCodes(string Name, DataType CodeType, ModelConfig Weights, ModelConfig? Activations)
{
    /// <summary>True where each input's group is stored: actorder group, also called dynamic.</summary>
    /// <param name="weights">The numbers of the weights.</param>
    public static bool HasGroupIndex(ModelConfig weights)
    {
        return weights.Has("actorder") && weights.IsText("actorder") && weights.Text("actorder") is "group" or "dynamic";
    }

    /// <summary>How the weights lie.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="format">The format that it names, null for none.</param>
    /// <exception cref="Errors.LlmMemoryException">A strategy that nobody here knows, or zero points with it.</exception>
    public WeightStorage Storage(QuantizationConfig config, string? format)
    {
        var hasInputScale = Activations is not null && Activations.Node.Get("dynamic")?.AsBoolean() == false;
        var whenMissing = QuantizationConfig.GroupSize(Weights, 0, "group_size") > 0 ? "group" : "tensor";
        var strategy = Weights.OptionalText("strategy") ?? whenMissing;
        var hasZeroPoints = !Weights.Bool(true, "symmetric");
        if (hasZeroPoints && strategy != "channel")
        {
            throw config.UnknownFormat($"{Name} with zero points, strategy {strategy}");
        }

        return strategy switch
        {
            "tensor" => new TensorScaledStorage(Name, CodeType, config.DataType, hasInputScale) { ScaleShape = [1] },
            "channel" => new RowScaledStorage(Name + "-Channel", CodeType, null)
            {
                HasInputScale = hasInputScale,
                HasZeroPoints = hasZeroPoints,
            },
            "block" => Block(),
            "group" => Group(format),
            _ => throw config.UnknownFormat(strategy),
        };
    }

    private BlockScaledStorage Block()
    {
        var block = Weights.IntList("block_structure");
        return block is { Count: 2 } && !block.Contains(0)
            ? new BlockScaledStorage(Name + "-Block", CodeType, null, block[0], block[1]) { ScaleName = "weight_scale" }
            : throw Weights.Invalid("block_structure", "should be two numbers: rows and columns of a block");
    }

    private BlockScaledStorage Group(string? format)
    {
        var isExponent = format == "mxfp8-quantized"
            || Weights.OptionalText("scale_dtype")?.EndsWith("uint8", System.StringComparison.Ordinal) == true;
        return isExponent
            ? PackedFloats.MxFp8
            : new BlockScaledStorage(Name + "-Group", CodeType, null, 1, Weights.Int("group_size"))
            {
                ScaleName = "weight_scale",
                HasGroupIndex = HasGroupIndex(Weights),
            };
    }
}
