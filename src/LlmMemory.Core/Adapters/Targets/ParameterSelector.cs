using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters.Modules;
using LlmMemory.Models;
using LlmMemory.Quantization;

namespace LlmMemory.Adapters.Targets;

/// <summary>
/// Chooses bare parameters that have a LoRA: matrices, and matrices of experts that are stacked. Of several in one
/// module, the first is wrapped first, so that its name has a <c>base_layer</c> for each that follows. Sources:
/// huggingface/peft src/peft/tuners/tuners_utils.py, _inject_parameters; lora/layer.py, ParamWrapper.
/// </summary>
internal static class ParameterSelector
{
    /// <summary>The parameters that the names end, each as a target with the rank for each expert.</summary>
    public static IReadOnlyList<TargetModule> Select(AdapterSpecification specification, ModelModules modules, int rank, string modelName)
    {
        var names = new NameRules(specification.TargetParameters);
        var ranks = new RankPatterns(specification.RankPattern);
        var selected = modules.All.SelectMany(module => Wrap(module, [.. module.Tensors.Where(tensor => IsMeant(names, tensor))], ranks, rank)).ToList();
        return selected.Count > 0 || names.IsEmpty
            ? selected
            : throw AdapterErrors.NoTarget(string.Join(", ", specification.TargetParameters), modelName, Stacked(modules));
    }

    /// <summary>The stacked experts of a model, by the last two steps of their names: <c>experts.gate_up_proj</c>.</summary>
    public static IEnumerable<string> Stacked(ModelModules modules)
    {
        return modules.All.SelectMany(module => module.Tensors).Where(IsStacked).Select(tensor => LastSteps(tensor.Name)).Distinct();
    }

    private static bool IsMeant(NameRules names, ModelTensor tensor)
    {
        return tensor.Shape.Count is 2 or 3 && names.Match(tensor.Name) is not null;
    }

    private static IEnumerable<TargetModule> Wrap(ModelModule module, IReadOnlyList<ModelTensor> tensors, RankPatterns ranks, int rank)
    {
        for (var i = 0; i < tensors.Count; i++)
        {
            var inner = string.Concat(Enumerable.Repeat(".base_layer", tensors.Count - 1 - i));
            yield return Target(module, tensors[i], module.Path + inner, ranks.Find(tensors[i].Name) ?? rank);
        }
    }

    private static TargetModule Target(ModelModule module, ModelTensor tensor, string path, int rank)
    {
        var (rows, columns) = (tensor.Shape[tensor.Shape.Count - 2], tensor.Shape[tensor.Shape.Count - 1]);
        var target = new TargetModule(module, path, tensor.Count, rank)
        {
            Weight = tensor,
            Inputs = tensor.StoresInputsFirst ? rows : columns,
            Outputs = tensor.StoresInputsFirst ? columns : rows,
            Experts = tensor.Shape.Count == 3 ? tensor.Shape[0] : 1,
        };
        return rank > Math.Min(rows, columns) ? throw AdapterErrors.RankTooLarge(rank, target) : target;
    }

    // In one tensor of three dimensions, or below each other in a matrix that is no module's weight: DBRX.
    private static bool IsStacked(ModelTensor tensor)
    {
        return (tensor.RoleKind is TensorRole.ExpertGate or TensorRole.ExpertUp or TensorRole.ExpertGateUp or TensorRole.ExpertDown)
            && LinearWeights.Contains(tensor)
            && (tensor.Shape.Count == 3 || !tensor.Name.EndsWith(".weight", StringComparison.Ordinal));
    }

    private static string LastSteps(string name)
    {
        var before = name.LastIndexOf('.', name.LastIndexOf('.') - 1);
        return name.Substring(before + 1);
    }
}
