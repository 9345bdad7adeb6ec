using System;
using System.Collections.Generic;
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
    private readonly Dictionary<string, SafetensorsTensorName> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PackedModule> _modules = new(StringComparer.Ordinal);
    private readonly Dictionary<TensorKind, AlikeTensors> _alike = [];
    private readonly List<AlikeTensors> _inOrder = [];
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
        var placed = tensors.Select(tensor => (Tensor: tensor, Name: list.NameOf(tensor))).Select(list.Place).ToList();
        foreach (var (tensor, name, module) in placed)
        {
            list.Count(tensor, name, module);
        }

        var numbered = list._inOrder
            .Where(alike => alike.IsNumbered)
            .GroupBy(alike => alike.Name.Pattern, StringComparer.Ordinal)
            .ToDictionary(alike => alike.Key, alike => alike.Sum(kind => kind.Count), StringComparer.Ordinal);
        return [.. list._inOrder.Select(alike => list.Describe(alike, numbered))];
    }

    private SafetensorsTensorName NameOf(SafetensorsTensor tensor)
    {
        var pattern = SafetensorsTensorName.PatternOf(tensor.Name);
        if (!_names.TryGetValue(pattern, out var name))
        {
            name = SafetensorsTensorName.Parse(pattern);
            _names.Add(pattern, name);
        }

        return name;
    }

    /// <summary>Adds a tensor to its module: what its codes are is told by what stands beside them.</summary>
    private (SafetensorsTensor Tensor, SafetensorsTensorName Name, PackedModule Module) Place(
        (SafetensorsTensor Tensor, SafetensorsTensorName Name) named)
    {
        var (tensor, name) = named;
        var moduleName = name.ModuleOf(tensor.Name);
        if (!_modules.TryGetValue(moduleName, out var module))
        {
            module = new PackedModule();
            _modules.Add(moduleName, module);
        }

        module.Add(name.Ending, tensor);
        return (tensor, name, module);
    }

    private void Count(SafetensorsTensor tensor, SafetensorsTensorName name, PackedModule module)
    {
        var packed = name.Ending == module.CodeEnding ? _packing.Read(module) : null;
        var kind = new TensorKind(name.Pattern, tensor.DataType, tensor.Shape, IsScale(name, module), packed);
        if (_alike.TryGetValue(kind, out var alike))
        {
            alike.Count++;
            return;
        }

        alike = new AlikeTensors(name, tensor, kind);
        _alike.Add(kind, alike);
        _inOrder.Add(alike);
    }

    private ModelTensor Describe(AlikeTensors alike, Dictionary<string, int> numbered)
    {
        var (name, first, packed) = (alike.Name, alike.First, alike.Kind.Packed);
        var expected = Expected(name);
        var role = alike.Kind.IsScale ? TensorRole.Scale
            : expected?.RoleKind ?? SafetensorsTensorRoles.Find(name, first.Shape.Count);
        var part = expected?.PartKind ?? SafetensorsTensorParts.Find(name, _layers);
        var plain = new ModelTensor(alike.Count > 1 ? name.Pattern : first.Name, part, role, name.Layer, first.Shape, first.DataType);
        var (experts, used) = Experts(alike, role, expected, numbered);
        return new ModelTensor(plain.Name, part, role, name.Layer, first.Shape, first.DataType)
        {
            Quantization = packed?.Format,
            WeightsPerTensor = packed is null || plain.WeightsPerTensor == 0 ? plain.WeightsPerTensor : packed.Weights,
            Count = alike.Count,
            Experts = experts,
            ExpertsPerToken = used,
        };
    }

    /// <summary>How many experts share these tensors, and how many of them a token passes; twice 0 where all tokens pass them.</summary>
    private (int Experts, int Used) Experts(AlikeTensors alike, TensorRole role, ModelTensor? expected, Dictionary<string, int> numbered)
    {
        var isRouted = role is TensorRole.ExpertGate or TensorRole.ExpertUp or TensorRole.ExpertDown or TensorRole.ExpertGateUp;
        var shape = alike.First.Shape;

        // Experts that lie in one tensor are its outermost length.
        var (experts, used) = expected is { Experts: > 0 }
            ? (expected.Experts, expected.ExpertsPerToken)
            : (alike.IsNumbered ? numbered[alike.Name.Pattern] : shape.Count > 1 && shape[0] <= int.MaxValue ? (int)shape[0] : 0,
                isRouted ? _expertsPerToken ?? 0 : 0);
        return used > 0 && used <= experts ? (experts, used) : (0, 0);
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
}
