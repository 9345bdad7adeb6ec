using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using LlmMemory.Adapters;
using LlmMemory.DataTypes;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Configuration.Kinds;

/// <summary>
/// torchtune's YAML. Sources: pytorch/torchtune recipes/configs/llama3_1/8B_lora.yaml and 8B_full_single_device.yaml;
/// recipes/full_finetune_distributed.py and lora_finetune_distributed.py.
/// </summary>
internal static class TorchtuneConfiguration
{
    private const string Component = "_component_";

    private static readonly Regex ModelName = new(@"^(?<series>[a-z]+\d+)_(?<minor>\d+)_(?<rest>\d+[bm])$", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>The kind.</summary>
    public static ConfigurationKind Kind { get; } = new("torchtune YAML", section => section.Section("model")?.Has(Component) == true, Read);

    private static void Read(ConfigurationSection section, ConfigurationDraft draft)
    {
        var model = section.Section("model")!;
        var component = model.Get(Component)!;
        draft.Framework.Say(component, TrainingFrameworks.TorchTune);
        var name = Last(component.Name());
        draft.Model.Say(component, CatalogueName(name));
        draft.MicroBatchSize.Say(section.Get("batch_size"), value => value.Count());
        draft.GradientAccumulation.Say(section.Get("gradient_accumulation_steps"), value => value.Count());
        draft.SequenceLength.Say(section.Section("tokenizer")?.Get("max_seq_len"), value => value.Count());
        ReadType(section, draft, model, name);
        ReadMemory(section, draft);
        ReadOptimizer(section, draft);
        ReadLoss(section.Section("loss"), draft);
        ReadAdapter(model, draft, name, section.Get("dtype"));
        draft.LeaveOut(section,
            ("tensor_parallel_dim", "layers split over ranks"),
            ("context_parallel_dim", "tokens of a sample split over ranks"), ("enable_fp8_training", "matrices of 8 bits"));
    }

    // All of it in one type, without autocast.
    private static void ReadType(ConfigurationSection section, ConfigurationDraft draft, ConfigurationSection model, string name)
    {
        var isQuantized = name.StartsWith("qlora_", StringComparison.Ordinal) || model.IsOn("quantize_base");
        var type = section.Get("dtype");
        var source = isQuantized ? model.Get("quantize_base", Component) : type;
        draft.WeightFormat.Say(source, _ => isQuantized ? "NF4-DQ" : type!.OneOf(("bf16", "BF16"), ("fp32", "F32"), ("fp16", "F16")));
        draft.Precision.Say(type, _ => TrainingPrecision.Pure);
    }

    private static void ReadMemory(ConfigurationSection section, ConfigurationDraft draft)
    {
        var isOffloaded = section.IsOn("enable_activation_offloading");
        draft.Recompute.Say(
            section.Get("enable_activation_checkpointing"),
            value => !value.Switch() ? Recomputation.None : isOffloaded ? Recomputation.Offloaded : Recomputation.Full);
        draft.LayerKernels.Say(section.Get("compile") is { IsMapping: false } compile && compile.Switch() ? compile : null, _ => LayerKernels.Compiled);
        draft.Offload.Say(section.IsOn("fsdp_cpu_offload") ? section.Get("fsdp_cpu_offload") : null, _ => Offload.Weights);
        draft.Sharding.Say(section.Get("fsdp_reshard_after_forward"), value => value.Switch() ? Sharding.FullShard : Sharding.GradOp);
    }

    private static void ReadOptimizer(ConfigurationSection section, ConfigurationDraft draft)
    {
        var optimizer = section.Section("optimizer");
        draft.Optimizer.Say(
            optimizer?.Get(Component),
            value => OptimizerName.OfClass(value, optimizer!.IsOn("fused"), optimizer.Get("momentum")?.IsAboveZero() == true));
        draft.OptimizerInBackward.Say(section.Get("optimizer_in_bwd"), value => value.Switch());
    }

    private static void ReadLoss(ConfigurationSection? loss, ConfigurationDraft draft)
    {
        draft.LossKernel.Say(loss?.Get(Component), value => Last(value.Name()) switch
        {
            "CEWithChunkedOutputLoss" or "LinearCrossEntropyLoss" => LossKernel.Chunked,
            "LigerFusedLinearCrossEntropyLoss" or "LigerLinearCrossEntropy" => LossKernel.FusedLinear,
            "CrossEntropyLoss" => LossKernel.Torch,
            _ => throw value.Bad("no loss that is known here", "torchtune.modules.loss.CEWithChunkedOutputLoss"),
        });
    }

    // An adapter is made in the same type as everything else: no PEFT widens it.
    private static void ReadAdapter(ConfigurationSection model, ConfigurationDraft draft, string name, ConfigurationValue? type)
    {
        var isAdapter = name.StartsWith("lora_", StringComparison.Ordinal) || name.StartsWith("qlora_", StringComparison.Ordinal);
        draft.TrainsAdapter.Say(model.Get(Component)!, isAdapter);
        if (!isAdapter)
        {
            return;
        }

        AdapterKeys.SayVariant(model, draft, model.Get(Component), ("use_dora", AdapterMethod.Dora));
        draft.Rank.Say(model.Get("lora_rank"), value => value.Count());
        draft.AdapterType.Say(type, value => value.OneOf(("bf16", DataTypeCatalogue.BF16), ("fp32", DataTypeCatalogue.F32), ("fp16", DataTypeCatalogue.F16)));
        draft.AdapterDropout.Say(model.Get("lora_dropout"), value => value.IsAboveZero());
        draft.TargetModules.Say(model.Get("lora_attn_modules", Component), _ => Targets(model));
    }

    // torchtune's names of modules are its own; these are the checkpoint's.
    private static List<string> Targets(ConfigurationSection model)
    {
        List<string> names = [];
        foreach (var name in model.Get("lora_attn_modules")?.Names() ?? [])
        {
            names.Add(name == "output_proj" ? "o_proj" : name);
        }

        if (model.IsOn("apply_lora_to_mlp"))
        {
            names.AddRange(["gate_proj", "up_proj", "down_proj"]);
        }

        if (model.IsOn("apply_lora_to_output"))
        {
            names.Add("lm_head");
        }

        return names;
    }

    private static string Last(string path)
    {
        return path.Substring(path.LastIndexOf('.') + 1);
    }

    // lora_llama3_1_8b is Llama 3.1 with 8 billion weights.
    private static string CatalogueName(string component)
    {
        var name = component.StartsWith("qlora_", StringComparison.Ordinal) ? component.Substring(6)
            : component.StartsWith("lora_", StringComparison.Ordinal) ? component.Substring(5) : component;
        var match = ModelName.Match(name);
        return match.Success ? $"{match.Groups["series"]}.{match.Groups["minor"]}-{match.Groups["rest"]}" : name;
    }
}
