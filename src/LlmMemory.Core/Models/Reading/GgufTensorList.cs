using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Gguf;

namespace LlmMemory.Models.Reading;

/// <summary>Turns the tensors of a GGUF file into those of a model: their part, their role, their layer.</summary>
internal sealed class GgufTensorList
{
    private const string AdapterDown = ".lora_a";

    private const string AdapterUp = ".lora_b";

    private readonly GgufHyperparameters _hyperparameters;
    private readonly string _kind;
    private readonly int _firstDraft;
    private readonly HashSet<int> _recurrentLayers;
    private readonly HashSet<int> _fusedLayers;
    private readonly IReadOnlyList<int>? _feedForwardSizes;

    private GgufTensorList(GgufHyperparameters hyperparameters, string kind, IReadOnlyList<GgufTensorName> names)
    {
        _hyperparameters = hyperparameters;
        _kind = kind;
        _firstDraft = (hyperparameters.Layers - hyperparameters.DraftLayers) ?? int.MaxValue;
        _recurrentLayers = LayersWith(names, stem => stem.StartsWith("ssm_conv1d", StringComparison.Ordinal));
        _fusedLayers = LayersWith(names, stem => stem == "ffn_up");
        _fusedLayers.ExceptWith(LayersWith(names, stem => stem == "ffn_gate"));
        _feedForwardSizes = _fusedLayers.Count > 0 && hyperparameters.Layers is { } layers ? hyperparameters.FeedForwardSizes(layers) : null;
    }

    /// <summary>The tensors as the model's.</summary>
    /// <param name="tensors">What the file says.</param>
    /// <param name="hyperparameters">The metadata.</param>
    /// <param name="kind">What the file is, one of <see cref="ModelKind"/>.</param>
    public static TensorInventory Read(IReadOnlyList<GgufTensor> tensors, GgufHyperparameters hyperparameters, string kind)
    {
        var names = tensors.Select(tensor => GgufTensorName.Parse(tensor.Name)).ToList();
        var list = new GgufTensorList(hyperparameters, kind, names);
        return new TensorInventory([.. tensors.Select((tensor, index) => list.Read(tensor, names[index]))]);
    }

    private ModelTensor Read(GgufTensor tensor, GgufTensorName name)
    {
        var role = _kind == ModelKind.Adapter ? AdapterRole(tensor.Name) : Role(name, tensor);
        var isExpert = role is TensorRole.ExpertGate or TensorRole.ExpertUp or TensorRole.ExpertDown or TensorRole.ExpertGateUp;
        var isRouted = isExpert && _hyperparameters.ExpertsPerToken is > 0 and var used && used <= _hyperparameters.Experts;
        return new ModelTensor(tensor.Name, Part(name), role, name.Layer, tensor.Shape, tensor.DataType)
        {
            Experts = isRouted ? _hyperparameters.Experts : 0,
            ExpertsPerToken = isRouted ? _hyperparameters.ExpertsPerToken : 0,
        };
    }

    private TensorRole Role(GgufTensorName name, GgufTensor tensor)
    {
        var role = GgufTensorRoles.Find(name);
        return role switch
        {
            // A layer that has a short convolution is recurrent: its query, key and value in one are no attention's.
            TensorRole.AttentionQueryKeyValue when IsIn(_recurrentLayers, name) => TensorRole.RecurrentInput,
            TensorRole.AttentionExtra when name.Stem == "attn_gate" && IsIn(_recurrentLayers, name) => TensorRole.RecurrentInput,
            TensorRole.RecurrentInput when name.Stem == "ssm_dt" && name.Ending == "bias" && tensor.Shape.Count == 1 =>
                TensorRole.RecurrentExtra,
            TensorRole.MlpUp when IsIn(_fusedLayers, name) && IsTwiceAsWide(tensor, name) => TensorRole.MlpGateUp,
            _ => role,
        };
    }

    private ModelPart Part(GgufTensorName name)
    {
        return _kind switch
        {
            ModelKind.Adapter => ModelPart.Adapter,
            ModelKind.Projector => name.Stack switch
            {
                "v" => ModelPart.Vision,
                "a" => ModelPart.Audio,
                _ => ModelPart.Projector,
            },
            _ when name.Layer >= _firstDraft || name.Stem.StartsWith("nextn.", StringComparison.Ordinal) => ModelPart.Mtp,
            _ => name.Stack == "enc" || !_hyperparameters.IsCausal ? ModelPart.Encoder : ModelPart.Text,
        };
    }

    private static TensorRole AdapterRole(string name)
    {
        return name switch
        {
            _ when name.EndsWith(AdapterDown, StringComparison.Ordinal) => TensorRole.AdapterDown,
            _ when name.EndsWith(AdapterUp, StringComparison.Ordinal) => TensorRole.AdapterUp,
            _ => TensorRole.Extra,
        };
    }

    // Phi-3 and GLM keep gate and up in one tensor, and call it up.
    private bool IsTwiceAsWide(GgufTensor tensor, GgufTensorName name)
    {
        return _feedForwardSizes is { } sizes
            && name.Layer < sizes.Count
            && tensor.Shape.Count > 0
            && tensor.Shape[0] == 2L * sizes[name.Layer.Value];
    }

    private static bool IsIn(HashSet<int> layers, GgufTensorName name)
    {
        return name.Layer is { } layer && layers.Contains(layer);
    }

    private static HashSet<int> LayersWith(IReadOnlyList<GgufTensorName> names, Func<string, bool> wanted)
    {
        return [.. names.Where(name => name.Layer is not null && wanted(name.Stem)).Select(name => name.Layer!.Value)];
    }
}
