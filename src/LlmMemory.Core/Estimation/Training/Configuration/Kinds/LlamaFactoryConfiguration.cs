using System;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Configuration.Kinds;

/// <summary>
/// LLaMA-Factory's YAML. Sources: hiyouga/LLaMA-Factory src/llamafactory/hparams/model_args.py, finetuning_args.py and
/// data_args.py; src/llamafactory/model/adapter.py, init_adapter, which widens what is trained to 32 bits.
/// </summary>
internal static class LlamaFactoryConfiguration
{
    private static readonly string[] Signs = ["finetuning_type", "cutoff_len", "template", "dataset_dir", "quantization_bit", "lora_target"];

    private static readonly (string Key, Optimizer Optimizer)[] OptimizerSwitches =
    [
        ("use_galore", Optimizer.GaLore), ("use_apollo", Optimizer.Apollo), ("use_adam_mini", Optimizer.AdamMini), ("use_muon", Optimizer.Muon),
    ];

    private static readonly (string Key, string What)[] LeftOut =
    [
        ("use_badam", "weights that are trained in turns"), ("use_unsloth", "Unsloth's kernels"), ("upcast_layernorm", "normalisations in 32 bits"),
        ("upcast_lmhead_output", "logits in 32 bits"), ("shift_attn", "attention in pieces"), ("mixture_of_depths", "tokens that skip layers"),
        ("use_llama_pro", "added layers"), ("resize_vocab", "a larger vocabulary"), ("fp8", "matrices of 8 bits"), ("use_mca", "Megatron Core"),
        ("galore_rank", "GaLore is counted at rank 128"), ("apollo_rank", "APOLLO is counted at rank 128"),
    ];

    /// <summary>The kind.</summary>
    public static ConfigurationKind Kind { get; } = new("LLaMA-Factory YAML", section => Signs.Any(section.Has), Read);

    private static void Read(ConfigurationSection section, ConfigurationDraft draft)
    {
        var sign = section.GetRaw(Signs.First(section.Has))!;
        draft.Framework.Say(sign, TrainingFrameworks.LlamaFactory);
        draft.Model.Say(section.Get("model_name_or_path"), value => value.Name());
        draft.SequenceLength.Say(section.Get("cutoff_len"), value => value.Count());
        TrainingArgumentsConfiguration.ReadShared(section, draft);
        ReadType(section, draft, sign);
        ReadKernels(section, draft);
        ReadAdapter(section, draft, sign);
        var optimizer = OptimizerSwitches.FirstOrDefault(known => section.IsOn(known.Key));
        draft.Optimizer.Say(optimizer.Key is null ? null : section.Get(optimizer.Key), _ => optimizer.Optimizer);
        if (section.Get("stage") is { } dpo && !section.Has("pref_loss") && string.Equals(dpo.Text.Trim(), "dpo", StringComparison.OrdinalIgnoreCase))
        {
            draft.Recipe.Say(dpo, Recipe.Dpo);
        }
        else if (section.Get("stage") is { } stage && stage.OneOf(("sft", false), ("pt", false), ("rm", true), ("ppo", true), ("dpo", true), ("kto", true)))
        {
            draft.Note($"Not modelled: {stage.Place} is {stage.Text}: counted as fine-tuning of one model on one sample a time.");
        }

        draft.LeaveOut(section, LeftOut);
    }

    private static void ReadType(ConfigurationSection section, ConfigurationDraft draft, ConfigurationValue sign)
    {
        var isPure = section.IsOn("pure_bf16");
        if (isPure)
        {
            draft.Precision.Say(section.Get("pure_bf16")!, TrainingPrecision.Pure);
        }
        else
        {
            TrainingArgumentsConfiguration.ReadPrecision(section, draft);
        }

        draft.UpcastsTrained.Say(sign, !isPure && !section.IsOn("use_badam"));
        if (section.Get("quantization_bit") is { } bits)
        {
            var four = AdapterKeys.FourBit(
                section.Get("quantization_type")?.OneOf(("nf4", false), ("fp4", true)) == true, section.Get("double_quantization")?.Switch() != false);
            draft.WeightFormat.Say(bits, bits.OneOf(("4", four), ("8", "bnb8bit")));
        }
    }

    private static void ReadKernels(ConfigurationSection section, ConfigurationDraft draft)
    {
        draft.AttentionKernel.Say(
            section.Get("flash_attn"),
            value => value.OneOf(("fa2", AttentionKernel.Flash), ("fa3", AttentionKernel.Flash), ("sdpa", AttentionKernel.Sdpa), ("disabled", AttentionKernel.Eager)));
        draft.LayerKernels.Say(section.IsOn("enable_liger_kernel") ? section.Get("enable_liger_kernel") : null, _ => LayerKernels.Liger);
        if (section.Get("disable_gradient_checkpointing") is { } disabled && disabled.Switch())
        {
            draft.Recompute.Say(disabled, Recomputation.None);
        }
        else
        {
            draft.Recompute.Say(section.IsOn("use_unsloth_gc") ? section.Get("use_unsloth_gc") : null, _ => Recomputation.Offloaded);
        }
    }

    private static void ReadAdapter(ConfigurationSection section, ConfigurationDraft draft, ConfigurationValue sign)
    {
        var type = section.Get("finetuning_type");
        var method = type?.OneOf(("lora", AdapterMethod.Lora), ("oft", AdapterMethod.Oft), ("full", (AdapterMethod?)null)) ?? (type is null ? AdapterMethod.Lora : null);
        draft.TrainsAdapter.Say(type ?? sign, method is not null);
        if (method is null)
        {
            return;
        }

        draft.ModulesToSave.Say(section.Get("additional_target"), value => value.Names());
        if (method == AdapterMethod.Oft)
        {
            draft.AdapterMethod.Say(type!, method);
            draft.BlockSize.Say(section.Get("oft_block_size"), value => value.Count());
            SayTargets(section.Get("oft_target"), draft, sign);
            return;
        }

        AdapterKeys.SayVariant(section, draft, type ?? sign,
            ("use_dora", AdapterMethod.Dora), ("pissa_init", AdapterMethod.Pissa), ("use_rslora", AdapterMethod.RsLora), ("loraplus_lr_ratio", AdapterMethod.LoraPlus));
        draft.Rank.Say(section.Get("lora_rank"), value => value.Count());
        draft.AdapterDropout.Say(section.Get("lora_dropout"), value => value.IsAboveZero());
        SayTargets(section.Get("lora_target"), draft, sign);
    }

    // All linear modules by default.
    private static void SayTargets(ConfigurationValue? value, ConfigurationDraft draft, ConfigurationValue sign)
    {
        draft.TargetModules.Say(value ?? sign, value is null ? ["all-linear"] : AdapterKeys.Targets(value));
    }
}
