using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Configuration.Kinds;

/// <summary>
/// transformers' TrainingArguments as JSON or YAML (HfArgumentParser reads both), and TRL's, with its ModelConfig.
/// Sources: huggingface/transformers src/transformers/training_args.py; huggingface/trl trl/trainer/sft_config.py and
/// trl/trainer/model_config.py.
/// </summary>
internal static class TrainingArgumentsConfiguration
{
    private static readonly string[] Signs =
    [
        "per_device_train_batch_size", "per_gpu_train_batch_size", "gradient_checkpointing", "gradient_accumulation_steps", "output_dir", "optim", "num_train_epochs",
    ];

    private static readonly string[] SignsOfTrl =
    [
        "max_length", "max_seq_length", "dataset_text_field", "assistant_only_loss", "completion_only_loss", "activation_offloading", "use_peft",
    ];

    private static readonly string[] PrecisionSwitches = ["bf16", "fp16"];

    /// <summary>The kind.</summary>
    public static ConfigurationKind Kind { get; } = new("TrainingArguments JSON or YAML", section => Signs.Any(section.Has), Read);

    /// <summary>Says what transformers' own settings say, which frameworks on top of it share.</summary>
    public static void ReadShared(ConfigurationSection section, ConfigurationDraft draft)
    {
        draft.MicroBatchSize.Say(section.Get("per_device_train_batch_size", "per_gpu_train_batch_size"), value => value.Count());
        draft.GradientAccumulation.Say(section.Get("gradient_accumulation_steps"), value => value.Count());
        draft.Optimizer.Say(section.Get("optim"), OptimizerName.OfTransformers);
        ShardingKeys.ReadFsdpWords(section.Get("fsdp"), draft);
        ReadDistributed(section, draft);
        draft.LeaveOut(section,
            ("auto_find_batch_size", "the micro batch is found by trying"), ("torch_compile", "what a compiler fuses"),
            ("optim_target_modules", "modules that the optimizer projects"), ("parallelism_config", "layers or samples split over ranks"));
    }

    /// <summary>Says the precision: autocast where one of the switches is on.</summary>
    public static void ReadPrecision(ConfigurationSection section, ConfigurationDraft draft)
    {
        var on = PrecisionSwitches.FirstOrDefault(key => section.IsOn(key));
        if (on is not null)
        {
            draft.Precision.Say(section.Get(on)!, TrainingPrecision.Mixed);
        }
        else if (section.Get("bf16") is { } off && !draft.Precision.IsSaid)
        {
            draft.Precision.Say(off, TrainingPrecision.Pure);
        }
    }

    private static void Read(ConfigurationSection section, ConfigurationDraft draft)
    {
        var sign = SignsOfTrl.FirstOrDefault(section.Has);
        draft.Framework.Say(section.GetRaw(sign ?? Signs.First(section.Has)), _ => sign is null ? TrainingFrameworks.HuggingFaceTrainer : TrainingFrameworks.TrlTrainer);
        ReadShared(section, draft);
        ReadPrecision(section, draft);
        draft.SequenceLength.Say(section.Get("max_length", "max_seq_length"), value => value.Count());
        draft.Recompute.Say(section.Get("gradient_checkpointing"), value => Recompute(value.Switch(), section.IsOn("activation_offloading")));
        draft.LayerKernels.Say(section.IsOn("use_liger_kernel", "use_liger") ? section.Get("use_liger_kernel", "use_liger") : null, _ => LayerKernels.Liger);
        ReadModel(section, draft);
        ReadAdapter(section, draft);
    }

    private static Recomputation Recompute(bool isOn, bool isOffloaded)
    {
        return !isOn ? Recomputation.None : isOffloaded ? Recomputation.Offloaded : Recomputation.Full;
    }

    private static void ReadDistributed(ConfigurationSection section, ConfigurationDraft draft)
    {
        ShardingKeys.ReadDeepSpeed(section, draft);
        if (section.Get("fsdp") is { IsOff: false } fsdp)
        {
            ShardingKeys.ReadFsdp(section.Section("fsdp_config"), draft);
            if (!draft.Sharding.IsSaid)
            {
                draft.Sharding.Say(fsdp, Sharding.FullShard);
            }
        }
    }

    private static void ReadModel(ConfigurationSection section, ConfigurationDraft draft)
    {
        draft.Model.Say(section.Get("model_name_or_path"), value => value.Name());
        draft.AttentionKernel.Say(section.Get("attn_implementation"), value => value.Named(AttentionKernel.All));
        if (section.IsOn("load_in_4bit"))
        {
            var isFp4 = section.Get("bnb_4bit_quant_type")?.OneOf(("nf4", false), ("fp4", true)) == true;
            draft.WeightFormat.Say(section.Get("load_in_4bit")!, AdapterKeys.FourBit(isFp4, section.IsOn("use_bnb_nested_quant")));
        }
        else if (section.IsOn("load_in_8bit"))
        {
            draft.WeightFormat.Say(section.Get("load_in_8bit")!, "bnb8bit");
        }
        else
        {
            draft.WeightFormat.Say(section.Get("torch_dtype", "dtype"), value => value.OneOf(("bfloat16", "BF16"), ("float16", "F16"), ("float32", "F32")));
        }
    }

    private static void ReadAdapter(ConfigurationSection section, ConfigurationDraft draft)
    {
        if (!section.IsOn("use_peft"))
        {
            return;
        }

        draft.TrainsAdapter.Say(section.Get("use_peft")!, true);
        AdapterKeys.SayVariant(section, draft, section.Get("use_peft"), ("use_dora", AdapterMethod.Dora), ("use_rslora", AdapterMethod.RsLora));
        draft.Rank.Say(section.Get("lora_r"), value => value.Count());
        draft.TargetModules.Say(section.Get("lora_target_modules"), AdapterKeys.Targets);
        draft.TargetParameters.Say(section.Get("lora_target_parameters"), value => value.Names());
        draft.ModulesToSave.Say(section.Get("lora_modules_to_save"), value => value.Names());
        draft.AdapterDropout.Say(section.Get("lora_dropout"), value => value.IsAboveZero());
        ReadDefaults(section, draft);
    }

    // TRL's ModelConfig has a rank of 16 and a dropout of 0.05 where nothing is said.
    private static void ReadDefaults(ConfigurationSection section, ConfigurationDraft draft)
    {
        var asked = section.Get("use_peft")!;
        if (!draft.Rank.IsSaid)
        {
            draft.Rank.Say(asked, 16);
        }

        if (!draft.AdapterDropout.IsSaid)
        {
            draft.AdapterDropout.Say(asked, true);
        }
    }
}
