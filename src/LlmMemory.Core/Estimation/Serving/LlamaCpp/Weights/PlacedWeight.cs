using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Reading;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Weights;

/// <summary>A tensor of the file with its place and what it takes.</summary>
internal sealed class PlacedWeight
{
    private static readonly string[] Inputs = ["token_embd", "position_embd", "token_types", "per_layer_token_embd"];

    private static readonly string[] FirstLayer = ["token_embd_norm", "per_layer_model_proj", "per_layer_proj_norm"];

    private static readonly string[] RotaryTables = ["rope_freqs", "rope_factors_long", "rope_factors_short"];

    // llama-server's --cpu-moe is a rule as any other (common/common.h, LLM_FFN_EXPS_REGEX):
    // \.ffn_(up|down|gate|gate_up)_(ch|)exps
    private static readonly string[] Experts =
    [
        "ffn_up_exps", "ffn_down_exps", "ffn_gate_exps", "ffn_gate_up_exps",
        "ffn_up_chexps", "ffn_down_chexps", "ffn_gate_chexps", "ffn_gate_up_chexps",
    ];

    /// <summary>Finds the tensor's place.</summary>
    /// <param name="tensor">The tensor, under its name in the file.</param>
    public PlacedWeight(ModelTensor tensor)
    {
        var name = GgufTensorName.Parse(tensor.Name);
        Tensor = tensor;
        Stem = name.Stem;
        Name = name.Ending.Length == 0 ? name.Stem : name.Stem + "." + name.Ending;
        Layer = name.Layer ?? 0;
        Place = PlaceOf(tensor, name);
        IsExpert = name.Layer is not null && Experts.Contains(name.Stem);
        Size = SizeOf(tensor);
    }

    /// <summary>The tensor.</summary>
    public ModelTensor Tensor { get; }

    /// <summary>What it is: attn_q, ffn_down_exps.</summary>
    public string Stem { get; }

    /// <summary>What it is within its layer: attn_q.weight.</summary>
    public string Name { get; }

    /// <summary>Its layer; the first where it has none.</summary>
    public int Layer { get; }

    /// <summary>Where it goes.</summary>
    public WeightPlace Place { get; }

    /// <summary>True for the routed experts.</summary>
    public bool IsExpert { get; }

    /// <summary>What it takes.</summary>
    public TensorSize Size { get; }

    private static WeightPlace PlaceOf(ModelTensor tensor, GgufTensorName name)
    {
        return tensor switch
        {
            { PartKind: ModelPart.Mtp } => WeightPlace.Skipped,
            _ when name.Layer is not null || FirstLayer.Contains(name.Stem) => WeightPlace.Layer,
            _ when Inputs.Contains(name.Stem) => WeightPlace.Input,
            _ when RotaryTables.Contains(name.Stem) => WeightPlace.EachDevice,
            _ => WeightPlace.Output,
        };
    }

    private static TensorSize SizeOf(ModelTensor tensor)
    {
        var bytes = tensor.StoredAs.GetBytes(tensor.Shape);
        var row = tensor.Shape.Count == 0 ? 1 : tensor.Shape[tensor.Shape.Count - 1];
        return new TensorSize(
            Alignment.OnHost(bytes) * tensor.Count,
            Alignment.OnGpu(bytes, tensor.StoredAs, row) * tensor.Count);
    }
}
