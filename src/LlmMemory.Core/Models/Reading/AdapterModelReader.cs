using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Json;
using LlmMemory.Sources.Config;
using LlmMemory.Sources.Safetensors;

namespace LlmMemory.Models.Reading;

/// <summary>
/// Makes a model of an adapter as PEFT stores it: adapter_config.json and adapter_model.safetensors. Source:
/// huggingface/peft, src/peft/utils/save_and_load.py and src/peft/tuners/lora/layer.py (lora_A, lora_B,
/// lora_embedding_A, lora_embedding_B, lora_magnitude_vector).
/// </summary>
internal static class AdapterModelReader
{
    /// <summary>The adapter.</summary>
    /// <param name="shards">Its tensors.</param>
    /// <param name="config">Its adapter_config.json.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="location">Where it lies.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ModelTooLarge"/>.</exception>
    public static LlmModel Read(SafetensorsShards shards, ModelConfig config, string name, string location)
    {
        try
        {
            var tensors = new TensorInventory([.. shards.Tensors.Select(Read)]);
            return new LlmModel(name, ModelSource.Safetensors, tensors, architecture: null)
            {
                Location = location,
                Kind = ModelKind.Adapter,
                DataType = tensors.MostUsedDataType ?? string.Empty,
                Adapter = Description(config),
                Assumptions = new([.. Describe(config)]),
            };
        }
        catch (OverflowException overflow)
        {
            throw new LlmMemoryException(
                ErrorIds.ModelTooLarge, name, $"The adapter {Quoted.Value(name)} does not fit 64 bits.", overflow);
        }
    }

    private static ModelTensor Read(SafetensorsTensor tensor)
    {
        var name = SafetensorsTensorName.Parse(tensor.Name);
        return new ModelTensor(tensor.Name, ModelPart.Adapter, Role(name, tensor), name.Layer, tensor.Shape, tensor.DataType);
    }

    private static TensorRole Role(SafetensorsTensorName name, SafetensorsTensor tensor)
    {
        return name.Has("lora_A", "lora_embedding_A") ? TensorRole.AdapterDown
            : name.Has("lora_B", "lora_embedding_B") ? TensorRole.AdapterUp
            : name.Has("lora_magnitude_vector") ? TensorRole.Extra
            : SafetensorsTensorRoles.Find(name, tensor.Shape.Count);
    }

    private static AdapterDescription Description(ModelConfig config)
    {
        var node = config.Node;
        return new AdapterDescription
        {
            Method = node.Get("peft_type")?.AsText() ?? "unknown",
            BaseModel = node.Get("base_model_name_or_path")?.AsText(),
            Rank = node.Get("r")?.AsInt64() is > 0 and <= int.MaxValue and var rank ? (int)rank : null,
            TargetModules = new([.. Names(node.Get("target_modules"))]),
            ModulesToSave = new([.. Names(node.Get("modules_to_save"))]),
            IsDora = node.Get("use_dora")?.AsBoolean() ?? false,
        };
    }

    private static IEnumerable<string> Describe(ModelConfig config)
    {
        var node = config.Node;
        var type = node.Get("peft_type")?.AsText() ?? "adapter of unknown type";
        var rank = node.Get("r")?.AsInt64() is { } r ? $" of rank {r}" : string.Empty;
        var modules = Modules(node.Get("target_modules"));
        yield return $"{type}{rank}{(modules.Length > 0 ? " on " + modules : string.Empty)}.";
        if (node.Get("base_model_name_or_path")?.AsText() is { Length: > 0 } baseModel)
        {
            yield return $"Made for the base model {baseModel}, which is not counted here.";
        }
    }

    // A list of names, or one pattern.
    private static string Modules(JsonNode? node)
    {
        return string.Join(", ", Names(node));
    }

    private static IEnumerable<string> Names(JsonNode? node)
    {
        return node?.AsText() is { } one ? [one] : (node?.Items ?? []).Select(item => item.AsText()).OfType<string>();
    }
}
