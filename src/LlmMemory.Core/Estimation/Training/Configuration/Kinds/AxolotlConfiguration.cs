using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Configuration.Kinds;

/// <summary>
/// Axolotl's YAML. Sources: axolotl-ai-cloud/axolotl src/axolotl/utils/schemas/config.py, training.py, model.py and
/// peft.py; src/axolotl/utils/config/__init__.py, resolve_dtype; src/axolotl/loaders/model.py for bitsandbytes' settings.
/// </summary>
internal static class AxolotlConfiguration
{
    private static readonly (string Key, AttentionKernel Kernel)[] AttentionSwitches =
    [
        ("flash_attention", AttentionKernel.Flash), ("sdp_attention", AttentionKernel.Sdpa), ("eager_attention", AttentionKernel.Eager),
    ];

    private static readonly (string Key, LossKernel Kernel)[] LossSwitches =
    [
        ("cut_cross_entropy", LossKernel.Cut), ("liger_fused_linear_cross_entropy", LossKernel.FusedLinear),
        ("chunked_cross_entropy", LossKernel.Chunked), ("liger_cross_entropy", LossKernel.FusedCrossEntropy),
        ("flash_attn_cross_entropy", LossKernel.FusedCrossEntropy), ("unsloth_cross_entropy_loss", LossKernel.FusedCrossEntropy),
    ];

    private static readonly (string Key, string What)[] LeftOut =
    [
        ("sequence_parallel_degree", "tokens of a sample split over ranks"), ("context_parallel_size", "tokens of a sample split over ranks"),
        ("tensor_parallel_size", "layers split over ranks"), 
        ("reward_model", "a head of its own"), ("unfrozen_parameters", "weights that stay as they are"), ("torch_compile", "what a compiler fuses"),
        ("fp8", "matrices of 8 bits"), ("qat", "quantisation while training"), ("xformers_attention", "another attention kernel"),
        ("flex_attention", "another attention kernel"), ("s2_attention", "another attention kernel"), ("sage_attention", "another attention kernel"),
        ("lora_mlp_kernel", "LoRA in one operation"), ("lora_qkv_kernel", "LoRA in one operation"), ("lora_o_kernel", "LoRA in one operation"),
        ("relora", "restarts of the adapter"), ("lisa_n_layers", "layers that are trained in turns"), ("optim_target_modules", "modules that the optimizer projects"),
        ("auto_find_batch_size", "the micro batch is found by trying"), ("resize_token_embeddings_to_32x", "a larger vocabulary"),
        ("peft_trainable_token_indices", "rows of the embedding that are trained"), ("llama4_linearized_experts", "experts as single matrices"),
    ];

    /// <summary>The kind.</summary>
    public static ConfigurationKind Kind { get; } = new(
        "Axolotl YAML",
        section => section.Has("base_model") || (section.Has("micro_batch_size") && section.Has("sequence_len")),
        Read);

    private static void Read(ConfigurationSection section, ConfigurationDraft draft)
    {
        var sign = section.GetRaw("base_model", "micro_batch_size");
        draft.Framework.Say(sign, _ => TrainingFrameworks.Axolotl);
        draft.Model.Say(section.Get("base_model"), value => value.Name());
        ReadBatch(section, draft);
        ReadType(section, draft);
        ReadKernels(section, draft);
        ReadRecomputation(section, draft);
        draft.Optimizer.Say(section.Get("optimizer"), OptimizerName.OfTransformers);
        ReadSharding(section, draft);
        ReadAdapter(section, draft);
        ReadRecipe(section, draft);
        draft.LeaveOut(section, LeftOut);
    }

    private static void ReadRecipe(ConfigurationSection section, ConfigurationDraft draft)
    {
        if (section.GetRaw("rl") is not { IsOff: false } value)
        {
            return;
        }

        if (Recipe.All.TryFind(value.Text.Trim(), out var known) && known.ReadsLogProbabilities)
        {
            draft.Recipe.Say(value, known);
        }
        else
        {
            draft.LeaveOut(section, ("rl", "samples and models beside the one that is trained"));
        }
    }

    // batch_size / micro_batch_size passes where the passes are not said (normalize_config).
    private static void ReadBatch(ConfigurationSection section, ConfigurationDraft draft)
    {
        draft.SequenceLength.Say(section.Get("sequence_len"), value => value.Count());
        draft.MicroBatchSize.Say(section.Get("micro_batch_size"), value => value.Count());
        draft.GradientAccumulation.Say(section.Get("gradient_accumulation_steps"), value => value.Count());
        if (section.Get("batch_size") is { } batch && !section.Has("gradient_accumulation_steps") && section.Get("micro_batch_size") is { } micro)
        {
            var passes = batch.Count() / micro.Count();
            draft.GradientAccumulation.Say(batch, passes >= 1 ? passes : throw batch.Bad("less than a micro batch", micro.Text));
        }
    }

    private static void ReadType(ConfigurationSection section, ConfigurationDraft draft)
    {
        var isBf16 = Asks(section, "bf16", "bfloat16");
        var isF16 = !isBf16 && Asks(section, "fp16", "float16");
        var isAutomatic = !isBf16 && !isF16 && (section.GetRaw("bf16")?.AsText == "auto" || !section.Has("bf16"));
        var said = section.GetRaw("bf16", "fp16", "bfloat16", "float16", "base_model", "micro_batch_size")!;
        draft.WeightFormat.Say(said, Quantized(section) ?? (isBf16 || isAutomatic ? "BF16" : isF16 ? "F16" : "F32"));
        var isFull = section.Get("bf16")?.AsText == "full";
        var isMixed = !isFull && (isBf16 || isAutomatic || (section.Get("fp16") is not null && Asks(section, "fp16")));
        draft.Precision.Say(said, isMixed ? TrainingPrecision.Mixed : TrainingPrecision.Pure);
    }

    private static bool Asks(ConfigurationSection section, params string[] keys)
    {
        return keys.Any(key => section.Get(key) is { } value && (value.AsText == "full" || value.Switch()));
    }

    private static string? Quantized(ConfigurationSection section)
    {
        if (section.IsOn("load_in_4bit"))
        {
            var settings = section.Section("bnb_config_kwargs");
            return AdapterKeys.FourBit(
                settings?.Get("bnb_4bit_quant_type")?.OneOf(("nf4", false), ("fp4", true)) == true,
                settings?.Get("bnb_4bit_use_double_quant")?.Switch() != false);
        }

        return section.IsOn("load_in_8bit") ? "bnb8bit" : null;
    }

    private static void ReadKernels(ConfigurationSection section, ConfigurationDraft draft)
    {
        var attention = AttentionSwitches.FirstOrDefault(known => section.IsOn(known.Key));
        draft.AttentionKernel.Say(attention.Key is null ? null : section.Get(attention.Key), _ => attention.Kernel);
        draft.AttentionKernel.Say(section.Get("attn_implementation"), value => value.Named(AttentionKernel.All));
        var loss = LossSwitches.FirstOrDefault(known => section.IsOn(known.Key));
        draft.LossKernel.Say(loss.Key is null ? null : section.Get(loss.Key), _ => loss.Kernel);
        ReadLiger(section, draft);
    }

    // Liger's kernels come one by one here; the set stands for both, and brings its loss unless another is said.
    private static void ReadLiger(ConfigurationSection section, ConfigurationDraft draft)
    {
        var (norms, networks) = (section.IsOn("liger_rms_norm"), section.IsOn("liger_glu_activation", "liger_swiglu"));
        var key = section.Get(norms ? "liger_rms_norm" : "liger_glu_activation", "liger_swiglu");
        if (!norms && !networks)
        {
            return;
        }

        if (norms && networks)
        {
            draft.LayerKernels.Say(key!, LayerKernels.Liger);
            draft.LossKernel.Say(draft.LossKernel.IsSaid ? null : key, _ => LossKernel.Torch);
        }
        else
        {
            draft.Note($"Not modelled: {key!.Place} without its counterpart: norms and feed-forward networks are counted as PyTorch's own.");
        }
    }

    private static void ReadRecomputation(ConfigurationSection section, ConfigurationDraft draft)
    {
        var isOffloaded = section.Get("activation_offloading") is { IsOff: false };
        draft.Recompute.Say(section.Get("gradient_checkpointing"), value => value.AsText switch
        {
            "offload" or "offload_disk" or "unsloth" => Recomputation.Offloaded,
            _ => !value.Switch() ? Recomputation.None : isOffloaded ? Recomputation.Offloaded : Recomputation.Full,
        });
    }

    private static void ReadSharding(ConfigurationSection section, ConfigurationDraft draft)
    {
        ShardingKeys.ReadDeepSpeed(section, draft);
        ShardingKeys.ReadFsdpWords(section.Get("fsdp"), draft);
        if (section.Section("fsdp_config") is { } fsdp && fsdp.Keys.Any() && !draft.Sharding.IsSaid)
        {
            ShardingKeys.ReadFsdp(fsdp, draft);
            draft.Sharding.Say(draft.Sharding.IsSaid ? null : section.Get("fsdp_config"), _ => Sharding.FullShard);
        }
    }

    private static void ReadAdapter(ConfigurationSection section, ConfigurationDraft draft)
    {
        var asked = section.Get("adapter") is { IsOff: false } adapter ? adapter : null;
        draft.TrainsAdapter.Say(asked ?? section.GetRaw("base_model", "micro_batch_size")!, asked is not null);
        if (asked is null)
        {
            return;
        }

        asked.OneOf(("lora", true), ("qlora", true));
        AdapterKeys.SayVariant(section, draft, asked,
            ("peft_use_dora", AdapterMethod.Dora), ("peft_use_rslora", AdapterMethod.RsLora), ("loraplus_lr_ratio", AdapterMethod.LoraPlus));
        draft.Rank.Say(section.Get("lora_r"), value => value.Count());
        draft.TargetModules.Say(section.IsOn("lora_target_linear") ? section.Get("lora_target_linear") : null, _ => ["all-linear"]);
        draft.TargetModules.Say(draft.TargetModules.IsSaid ? null : section.Get("lora_target_modules"), AdapterKeys.Targets);
        draft.TargetParameters.Say(section.Get("lora_target_parameters"), value => value.Names());
        draft.ModulesToSave.Say(section.Get("lora_modules_to_save"), value => value.Names());
        draft.LayersToTransform.Say(section.Get("peft_layers_to_transform"), value => value.Numbers());
        draft.LayersPattern.Say(section.Get("peft_layers_pattern"), value => value.Names());
        draft.AdapterDropout.Say(section.Get("lora_dropout"), value => value.IsAboveZero());
    }
}
