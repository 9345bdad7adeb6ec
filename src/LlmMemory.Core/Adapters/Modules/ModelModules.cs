using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Models;

namespace LlmMemory.Adapters.Modules;

/// <summary>
/// The modules of a model as a training library has them: every module with its kind and its lengths, under the
/// checkpoint's own names. Modules of multi-token prediction are none of them: transformers leaves their weights in the file.
/// </summary>
internal sealed class ModelModules
{
    // The checkpoints of these families leave out the step that the model with a head has before all names.
    // Sources: transformers, models/gpt2 and models/bloom: self.transformer of the models with a head.
    private static readonly string[] NamedWithoutPrefix = ["gpt2", "bloom"];

    private const string Prefix = "transformer.";

    private ModelModules(string? modelType, IReadOnlyList<ModelModule> all)
    {
        ModelType = modelType;
        All = all;
    }

    /// <summary>The model_type, null where it is not known.</summary>
    public string? ModelType { get; }

    /// <summary>All modules that have weights, in the order of the model; the head of a tied model last.</summary>
    public IReadOnlyList<ModelModule> All { get; }

    /// <summary>Reads the modules of a model.</summary>
    /// <param name="model">The model, its weights stored in whatever way.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.AdapterNeedsCheckpoint"/>.</exception>
    public static ModelModules Of(LlmModel model)
    {
        var type = model.ModelType ?? model.Architecture?.ModelType;
        var modules = Logical(model)
            .Where(tensor => tensor.PartKind is not (ModelPart.Mtp or ModelPart.Adapter))
            .Where(tensor => tensor.RoleKind is not (TensorRole.Scale or TensorRole.Buffer or TensorRole.Duplicate))
            .GroupBy(tensor => PathOf(tensor.Name))
            .Select(tensors => Module(FullPath(tensors.Key, type), [.. tensors], type))
            .ToList();
        if (model.Architecture is { TiesEmbeddings: true, Generates: true } architecture && TiedHead(modules, architecture) is { } head)
        {
            modules.Add(head);
        }

        return new ModelModules(type, modules);
    }

    // How weights are packed is no matter of the modules: their lengths are those of the unpacked model.
    private static TensorInventory Logical(LlmModel model)
    {
        if (model.Source == ModelSource.Gguf)
        {
            throw NeedsCheckpoint(model, "is a GGUF file, and adapters are trained beside the checkpoint that it was made from");
        }

        if (model.Architecture is { } architecture)
        {
            return architecture.ToInventory(DataTypeCatalogue.Default);
        }

        return model.Tensors.All(tensor => tensor.WeightsPerTensor == 0 || tensor.WeightsPerTensor == tensor.Elements)
            ? model.Tensors
            : throw NeedsCheckpoint(model, "has packed weights and no config.json that says how long their rows are");
    }

    private static ModelModule Module(string path, IReadOnlyList<ModelTensor> tensors, string? type)
    {
        var weight = tensors.FirstOrDefault(tensor => tensor.Name.EndsWith(".weight", StringComparison.Ordinal)) ?? tensors[0];
        var kind = ModuleKinds.Of(weight, type);
        var (first, last) = (weight.Shape.FirstOrDefault(), weight.Shape.LastOrDefault());
        var swaps = kind is ModuleKind.TransposedLinear or ModuleKind.Embedding;
        ModelTensor[] ordered = [weight, .. tensors.Where(tensor => tensor != weight)];
        return new ModelModule(path, kind, ordered, swaps ? first : last, swaps ? last : first)
        {
            IsHead = kind == ModuleKind.Linear && weight.RoleKind == TensorRole.Head && first > last,
        };
    }

    private static ModelModule? TiedHead(List<ModelModule> modules, ModelArchitecture architecture)
    {
        if (modules.Any(module => module.IsHead)
            || modules.FirstOrDefault(module => module.Weight.RoleKind == TensorRole.Embedding && module.Kind == ModuleKind.Embedding) is not { } embedding)
        {
            return null;
        }

        // transformers, models/gpt_neox: the head is embed_out; lm_head in every other family.
        var name = architecture.ModelType == "gpt_neox" ? "embed_out" : "lm_head";
        return new ModelModule(name, ModuleKind.Linear, [embedding.Weight], embedding.Outputs, embedding.Inputs)
        {
            IsHead = true,
            IsTied = true,
        };
    }

    private static string PathOf(string name)
    {
        var end = name.LastIndexOf('.');
        return end < 0 ? string.Empty : name.Substring(0, end);
    }

    private static string FullPath(string path, string? type)
    {
        return NamedWithoutPrefix.Contains(type) && !path.StartsWith(Prefix, StringComparison.Ordinal) && path != "lm_head"
            ? Prefix + path
            : path;
    }

    private static LlmMemoryException NeedsCheckpoint(LlmModel model, string reason)
    {
        return new LlmMemoryException(
            ErrorIds.AdapterNeedsCheckpoint,
            model.Name,
            $"The adapter of {Quoted.Value(model.Name)} cannot be laid out: it {reason}. Give the model's folder or its config.json, "
            + "or say -AdapterParameters alone for the rule of thumb.");
    }
}
