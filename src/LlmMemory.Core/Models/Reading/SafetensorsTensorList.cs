using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Sources.Safetensors;

namespace LlmMemory.Models.Reading;

/// <summary>
/// Turns the tensors of a checkpoint into those of a model: their part, their role, their layer, and the weights that
/// they hold. Experts that are stored one by one become one tensor with their count.
/// </summary>
internal sealed class SafetensorsTensorList
{
    private readonly CheckpointConfig _config;
    private readonly Dictionary<string, PackedModule> _modules = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Pattern, int Dimensions), (ModelPart Part, TensorRole Role)> _places = [];
    private readonly PackedWeightReader _packing;
    private readonly int? _layers;
    private readonly int? _expertsPerToken;

    private SafetensorsTensorList(CheckpointConfig config)
    {
        _config = config;
        _packing = new PackedWeightReader(config.Packing);
        _layers = config.Layers;
        _expertsPerToken = config.ExpertsPerToken;
    }

    /// <summary>The tensors as the model's.</summary>
    /// <param name="tensors">What the files say.</param>
    /// <param name="config">What the configuration says.</param>
    /// <exception cref="Errors.LlmMemoryException"><see cref="Errors.ErrorIds.PackedWeightsUnknown"/>.</exception>
    public static IReadOnlyList<ModelTensor> Read(IReadOnlyList<SafetensorsTensor> tensors, CheckpointConfig config)
    {
        var list = new SafetensorsTensorList(config);
        var named = tensors.Select(tensor => (Name: SafetensorsTensorName.Parse(tensor.Name), Tensor: tensor)).ToList();
        foreach (var (name, tensor) in named)
        {
            list.Module(name.Module).Add(name.Ending, tensor);
        }

        var read = named.Select(pair => (pair.Name, Tensor: list.Read(pair.Name, pair.Tensor))).ToList();
        var experts = ExpertCounts(read);
        var groups = read.GroupBy(pair => (pair.Name.Pattern, Key(pair.Tensor)));
        return [.. groups.Select(group => list.Join([.. group.Select(pair => pair.Tensor)], group.First().Name, experts))];
    }

    private ModelTensor Read(SafetensorsTensorName name, SafetensorsTensor tensor)
    {
        var module = Module(name.Module);
        var packed = name.Ending == module.CodeEnding ? _packing.Read(module) : null;
        var expected = Expected(name);
        var role = IsScale(name, module) ? TensorRole.Scale
            : expected?.RoleKind ?? Place(name, tensor.Shape.Count).Role;
        var part = expected?.PartKind ?? Place(name, tensor.Shape.Count).Part;
        var described = new ModelTensor(name.Pattern, part, role, name.Layer, tensor.Shape, tensor.DataType) { Quantization = packed?.Format };
        return packed is null || described.WeightsPerTensor == 0
            ? described
            : new ModelTensor(name.Pattern, part, role, name.Layer, tensor.Shape, tensor.DataType)
            {
                Quantization = packed.Format,
                WeightsPerTensor = packed.Weights,
            };
    }

    // The experts of a layer differ in nothing but their number: what one is, all are.
    private (ModelPart Part, TensorRole Role) Place(SafetensorsTensorName name, int dimensions)
    {
        if (!_places.TryGetValue((name.Pattern, dimensions), out var place))
        {
            place = (SafetensorsTensorParts.Find(name, _layers), SafetensorsTensorRoles.Find(name, dimensions));
            _places.Add((name.Pattern, dimensions), place);
        }

        return place;
    }

    private PackedModule Module(string name)
    {
        if (!_modules.TryGetValue(name, out var module))
        {
            module = new PackedModule();
            _modules.Add(name, module);
        }

        return module;
    }

    // Codes have the name of the weight that they stand for.
    private ModelTensor? Expected(SafetensorsTensorName name)
    {
        var weight = name.Ending is "qweight" or "weight_packed" or "W_q" or "codes" ? name.ModulePattern + ".weight"
            : name.Ending == "_blocks" ? name.ModulePattern
            : name.Pattern;
        return _config.Expected.TryGetValue(weight, out var tensor) ? tensor : null;
    }

    private static bool IsScale(SafetensorsTensorName name, PackedModule module)
    {
        if (PackedEndings.IsScale(name.Ending))
        {
            return true;
        }

        var codes = module.CodeEnding is { } ending && ending != name.Ending ? module.Get(ending) : null;
        var isPacked = codes is not null && (module.CodeEnding is "qweight" or "weight_packed" or "_blocks" or "W_q" or "codes" || codes.DataType.BlockCodeBits <= 8
            || codes.DataType == SafetensorsDataTypes.U32);
        return isPacked && PackedEndings.IsScaleBesideCodes(name.Ending);
    }

    // Experts that lie in one tensor are its outermost length.
    private ModelTensor Join(IReadOnlyList<ModelTensor> alike, SafetensorsTensorName name, Dictionary<string, int> experts)
    {
        var first = alike[0];
        var isNumbered = name.Pattern != name.Name;
        var isRouted = first.RoleKind is TensorRole.ExpertGate or TensorRole.ExpertUp or TensorRole.ExpertDown or TensorRole.ExpertGateUp;
        var expected = Expected(name);
        var count = expected is { Experts: > 0 } ? expected.Experts
            : isNumbered ? experts[name.Pattern]
            : first.Shape.Count > 1 && first.Shape[0] <= int.MaxValue ? (int)first.Shape[0] : 0;
        var used = expected is { Experts: > 0 } ? expected.ExpertsPerToken : _expertsPerToken ?? 0;
        var isKnown = (isRouted || expected is { Experts: > 0 }) && used > 0 && used <= count;
        return new ModelTensor(
            alike.Count > 1 ? first.Name : name.Name, first.PartKind, first.RoleKind, first.Layer, first.Shape, first.StoredAs)
        {
            Quantization = first.Quantization,
            WeightsPerTensor = first.WeightsPerTensor,
            Count = alike.Count,
            Experts = isKnown ? count : 0,
            ExpertsPerToken = isKnown ? used : 0,
        };
    }

    private static Dictionary<string, int> ExpertCounts(IEnumerable<(SafetensorsTensorName Name, ModelTensor Tensor)> tensors)
    {
        return tensors
            .Where(pair => pair.Name.Pattern != pair.Name.Name)
            .GroupBy(pair => pair.Name.Pattern, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
    }

    private static string Key(ModelTensor tensor)
    {
        var shape = string.Join(",", tensor.Shape.Select(length => length.ToString(CultureInfo.InvariantCulture)));
        return $"{tensor.DataType} {shape} {tensor.Quantization} {tensor.WeightsPerTensor.ToString(CultureInfo.InvariantCulture)}";
    }
}
