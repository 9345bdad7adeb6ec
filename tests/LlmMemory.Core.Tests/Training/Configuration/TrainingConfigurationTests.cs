using System;
using System.IO;
using System.Linq;
using System.Text;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Estimation.Training;
using LlmMemory.Estimation.Training.Configuration;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Training.Configuration;

/// <summary>What the configuration files of frameworks mean; the files in Data/TrainingConfigs were written for these tests.</summary>
public sealed class TrainingConfigurationTests
{
    [Fact]
    public void An_Axolotl_file_of_QLoRA()
    {
        var read = Read("axolotl-qlora.yml");

        Assert.Equal((TrainingFrameworks.Axolotl, "meta-llama/Llama-3.1-8B", "NF4-DQ", true), (read.Framework, read.Model, read.WeightFormat, read.TrainsAdapter));
        Assert.Equal("llama-3.1-8b", read.FindModel()!.Name);
        Assert.Equal((2, 4096L, 4, null), (read.Run.MicroBatchSize, read.Run.SequenceLength, read.Run.GradientAccumulation, read.Run.DataParallel));
        Assert.Equal(
            (Optimizer.PagedAdamW8Bit, TrainingPrecision.Mixed, Recomputation.Full, AttentionKernel.Flash),
            (read.Run.Optimizer, read.Run.Precision, read.Run.Recompute, read.Run.AttentionKernel));
        Assert.Equal((AdapterMethod.Lora, 32, true), (read.Adapter.Method, read.Adapter.Rank, read.Run.AdapterDropout));
        Assert.Equal(["all-linear"], read.Adapter.TargetModules);
        Assert.Equal(
            "Not modelled: sequence_parallel_degree in line 34 (byte 705) of 'axolotl-qlora.yml' is 2: tokens of a sample split over ranks.",
            Assert.Single(read.Run.Notes));
    }

    [Fact]
    public void An_Axolotl_file_with_FSDP_and_Liger()
    {
        var read = Read("axolotl-full-fsdp.yml");

        Assert.False(read.TrainsAdapter);
        Assert.Equal(("BF16", TrainingPrecision.Mixed), (read.WeightFormat, read.Run.Precision));
        Assert.Equal(
            (Sharding.FullShard, LayerKernels.Liger, LossKernel.FusedLinear, AttentionKernel.Sdpa, Recomputation.None),
            (read.Run.Sharding, read.Run.LayerKernels, read.Run.LossKernel, read.Run.AttentionKernel, read.Run.Recompute));
        Assert.Empty(read.Run.Notes);
    }

    [Theory]
    [InlineData("bf16: auto", "BF16", "Mixed")]
    [InlineData("bf16: full", "BF16", "Pure")]
    [InlineData("bf16: false\nfp16: true", "F16", "Mixed")]
    [InlineData("bf16: false", "F32", "Pure")]
    [InlineData("tf32: true", "BF16", "Mixed")]
    public void Axolotl_loads_weights_in_the_type_that_it_computes_in(string line, string format, string precision)
    {
        var read = Parse($"base_model: a/b\n{line}\n");

        Assert.Equal((format, precision), (read.WeightFormat, read.Run.Precision!.Name));
    }

    [Fact]
    public void Three_files_of_one_run_complete_each_other()
    {
        var read = Read("accelerate-deepspeed.yaml", "deepspeed-zero3.json", "training-arguments.json");

        Assert.Equal((TrainingFrameworks.HuggingFaceTrainer, "BF16", null), (read.Framework, read.WeightFormat, read.TrainsAdapter));
        Assert.Equal((2, 16, null, 8), (read.Run.MicroBatchSize, read.Run.GradientAccumulation, read.Run.GlobalBatchSize, read.Run.DataParallel));
        Assert.Equal(
            (Sharding.ZeroThree, TrainingPrecision.Pure, Recomputation.Full, Optimizer.AdamWFused),
            (read.Run.Sharding, read.Run.Precision, read.Run.Recompute, read.Run.Optimizer));
        Assert.Equal(new ZeroBuffers { ReduceBucketSize = 200_000_000, OverlapsCommunication = true, HasContiguousGradients = true }, read.Run.ZeroBuffers);
        Assert.Empty(read.Run.Notes);
    }

    [Fact]
    public void A_file_that_another_names_and_that_is_not_given_is_missed()
    {
        var read = Read("training-arguments.json");

        Assert.Equal((null, TrainingPrecision.Mixed, Optimizer.AdamW), (read.Run.Sharding, read.Run.Precision, read.Run.Optimizer));
        Assert.Contains("'deepspeed-zero3.json', which was not given", Assert.Single(read.Run.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_accelerate_file_with_FSDP()
    {
        var read = Read("accelerate-fsdp.yaml");

        Assert.Null(read.Framework);
        Assert.Equal((Sharding.GradOp, 4, TrainingPrecision.Mixed), (read.Run.Sharding, read.Run.DataParallel, read.Run.Precision));
        Assert.Equal(Offload.Weights, read.Run.Offload);
        Assert.Empty(read.Run.Notes);
    }

    [Fact]
    public void A_file_of_TRL()
    {
        var read = Read("trl-sft.yaml");

        Assert.Equal((TrainingFrameworks.TrlTrainer, "mistralai/Mistral-7B-v0.1", "NF4-DQ"), (read.Framework, read.Model, read.WeightFormat));
        Assert.Equal((4, 2048L, Optimizer.PagedAdamW), (read.Run.MicroBatchSize, read.Run.SequenceLength, read.Run.Optimizer));
        Assert.Equal((64, true), (read.Adapter.Rank, read.Run.AdapterDropout));
        Assert.Equal(["q_proj", "k_proj", "v_proj", "o_proj"], read.Adapter.TargetModules);
    }

    [Fact]
    public void A_torchtune_file()
    {
        var read = Read("torchtune-lora.yaml");

        Assert.Equal((TrainingFrameworks.TorchTune, "llama3.1-8b", "BF16"), (read.Framework, read.Model, read.WeightFormat));
        Assert.Equal("llama-3.1-8b", read.FindModel()!.Name);
        Assert.Equal((4, 8192L, 8), (read.Run.MicroBatchSize, read.Run.SequenceLength, read.Run.GradientAccumulation));
        Assert.Equal(
            (Optimizer.AdamWFused, LossKernel.Chunked, Recomputation.Full, TrainingPrecision.Pure, null),
            (read.Run.Optimizer, read.Run.LossKernel, read.Run.Recompute, read.Run.Precision, read.Run.LayerKernels));
        Assert.Equal(["q_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"], read.Adapter.TargetModules);
        Assert.Equal("BF16", read.Adapter.DataType!.Name);
    }

    [Fact]
    public void A_LLaMA_Factory_file_of_LoRA()
    {
        var read = Read("llamafactory-lora.yaml");

        Assert.Equal((TrainingFrameworks.LlamaFactory, null, TrainingPrecision.Mixed), (read.Framework, read.WeightFormat, read.Run.Precision));
        Assert.Equal((1, 4096L, 8, AttentionKernel.Flash), (read.Run.MicroBatchSize, read.Run.SequenceLength, read.Run.GradientAccumulation, read.Run.AttentionKernel));
        Assert.Equal((16, true), (read.Adapter.Rank, read.Run.AdapterDropout));
        Assert.Equal(["q_proj", "v_proj"], read.Adapter.TargetModules);
    }

    // model/adapter.py, init_adapter: what is trained becomes F32, unless pure_bf16 is asked for, or ZeRO-3 or FSDP does it.
    [Fact]
    public void LLaMA_Factory_trains_all_weights_in_32_bits_unless_they_are_split()
    {
        var full = File.ReadAllText(PathOf("llamafactory-full.yaml"));

        Assert.Equal("F32", Parse(full).WeightFormat);
        Assert.Null(Parse(full + "pure_bf16: true\n").WeightFormat);
        Assert.Equal("BF16", Parse(full + "deepspeed: {bf16: {enabled: true}, zero_optimization: {stage: 3}}\n").WeightFormat);
    }

    [Fact]
    public void An_adapter_config()
    {
        var read = Read("adapter_config.json");

        Assert.Equal((AdapterMethod.Dora, 8, false), (read.Adapter.Method, read.Adapter.Rank, read.Run.AdapterDropout));
        Assert.Equal(("v_proj", 16), (read.Adapter.RankPattern.Single().Key, read.Adapter.RankPattern.Single().Value));
        Assert.Null(read.Framework);
    }

    [Theory]
    [InlineData("2e8", 8)]
    [InlineData("\"auto\"", null)]
    public void The_ranks_of_DeepSpeed_follow_from_its_batches(string bucket, int? ranks)
    {
        var global = ranks is null ? "\"auto\"" : "256";
        var read = Parse($$$"""{"train_batch_size": {{{global}}}, "train_micro_batch_size_per_gpu": 4, "gradient_accumulation_steps": 8, "zero_optimization": {"stage": 1, "reduce_bucket_size": {{{bucket}}}}}""");

        Assert.Equal((ranks, Sharding.ZeroOne), (read.Run.DataParallel, read.Run.Sharding));
        Assert.Equal(new ZeroBuffers { ReduceBucketSize = bucket == "2e8" ? 200_000_000 : null, FollowsHiddenSize = bucket != "2e8" }, read.Run.ZeroBuffers);
    }

    [Theory]
    [InlineData("\"offload_optimizer\": {\"device\": \"cpu\"}", "OptimizerStates", 0)]
    [InlineData("\"offload_optimizer\": {\"device\": \"cpu\"}, \"offload_param\": {\"device\": \"nvme\"}", "Weights", 1)]
    [InlineData("\"offload_optimizer\": {\"device\": \"none\"}", null, 0)]
    [InlineData("\"cpu_offload\": true", "OptimizerStates", 0)]
    [InlineData("\"max_reuse_distance\": 0, \"offload_param\": {\"device\": \"cpu\"}", "Weights", 0)]
    public void DeepSpeed_offloads_states_or_weights_too(string keys, string? offload, int notes)
    {
        var read = Parse("{\"zero_optimization\": {\"stage\": 3, " + keys + "}}");

        Assert.Equal((offload, notes), (read.Run.Offload?.Name, read.Run.Notes.Count));
    }

    [Theory]
    [InlineData("base_model: a/b\nmicro_batch_size: 0\n", "micro_batch_size in line 2 (byte 34)", "0", "write micro_batch_size: 8")]
    [InlineData("base_model: a/b\nmicro_batch_size: two\n", "micro_batch_size in line 2 (byte 34)", "two", "no whole number from 1 up")]
    [InlineData("base_model: a/b\noptimizer: adam_x\n", "optimizer in line 2", "adam_x", "nothing that is known here")]
    [InlineData("base_model: a/b\nadapter: llama-adapter\n", "adapter in line 2", "llama-adapter", "none of lora, qlora")]
    [InlineData("base_model: a/b\ngradient_checkpointing: sometimes\n", "gradient_checkpointing in line 2", "sometimes", "neither true nor false")]
    [InlineData("base_model: a/b\nadapter: lora\nlora_target_modules: {a: b}\n", "lora_target_modules in line 3", "an object", "no list of names")]
    [InlineData("distributed_type: XLA\n", "distributed_type in line 1 (byte 18)", "XLA", "none of FSDP, DEEPSPEED")]
    [InlineData("{\"zero_optimization\":\n {\"stage\": 4}}", "zero_optimization.stage in line 2 (byte 33)", "4", "none of 2, 0, 1, 3")]
    [InlineData("{\"train_batch_size\": 30, \"train_micro_batch_size_per_gpu\": 4, \"gradient_accumulation_steps\": 2}", "train_batch_size in line 1", "30", "4 x 2")]
    [InlineData("finetuning_type: freeze\ntemplate: qwen\n", "finetuning_type in line 1", "freeze", "none of lora, oft, full")]
    [InlineData("model:\n  _component_: torchtune.models.llama3.llama3_8b\nloss:\n  _component_: my.Loss\n", "loss._component_ in line 4", "my.Loss", "no loss that is known")]
    public void A_bad_value_names_its_key_its_line_and_its_byte(string text, string place, string value, string reason)
    {
        var error = Assert.Throws<LlmMemoryException>(() => Parse(text));

        Assert.Equal((ErrorIds.TrainingConfigSettingInvalid, value), (error.ErrorId, error.Value));
        Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(error.Offset);
    }

    [Fact]
    public void Files_that_contradict_each_other_are_an_error_that_names_both_places()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.json", """{"zero_optimization": {"stage": 2}, "gradient_accumulation_steps": 4}""");
        folder.Write("b.yaml", "per_device_train_batch_size: 1\ngradient_accumulation_steps: 8\n");

        var error = Assert.Throws<LlmMemoryException>(() => TrainingConfiguration.FromPaths([folder.At("a.json"), folder.At("b.yaml")]));

        Assert.Equal((ErrorIds.TrainingConfigContradictory, "8", 60L), (error.ErrorId, error.Value, error.Offset));
        Assert.Contains("'b.yaml' says '8' where gradient_accumulation_steps in line 1 (byte 67) of 'a.json' says '4'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hidden_size: 4096\nmodel_type: llama\n")]
    [InlineData("{}")]
    public void A_file_of_no_known_kind_names_the_kinds(string text)
    {
        var error = Assert.Throws<LlmMemoryException>(() => Parse(text));

        Assert.Equal(ErrorIds.TrainingConfigUnknown, error.ErrorId);
        Assert.Contains("accelerate YAML, Axolotl YAML, DeepSpeed JSON, LLaMA-Factory YAML, PEFT adapter_config.json, torchtune YAML, TrainingArguments", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- a\n- b\n")]
    [InlineData("just a text")]
    [InlineData("")]
    [InlineData("{\"a\": 1,}")]
    public void What_is_no_mapping_is_refused(string text)
    {
        Assert.Equal(ErrorIds.TrainingConfigInvalid, Assert.Throws<LlmMemoryException>(() => Parse(text)).ErrorId);
    }

    [Fact]
    public void Files_that_are_not_there_or_too_long_are_errors_of_their_own()
    {
        using var folder = new TemporaryFolder();
        folder.Write("long.yml", new string('#', (1 << 20) + 1));

        Assert.Equal(ErrorIds.TrainingConfigNotFound, Refused(folder.At("none.yml")));
        Assert.Equal(ErrorIds.TrainingConfigUnreadable, Refused(folder.Path));
        Assert.Equal(ErrorIds.TrainingConfigInvalid, Refused(folder.At("long.yml")));

        static string Refused(string path) => Assert.Throws<LlmMemoryException>(() => TrainingConfiguration.FromPaths([path])).ErrorId;
    }

    // Settings of memory are switched on one by one; each is named with its key.
    [Theory]
    [InlineData("rl: kto")]
    [InlineData("tensor_parallel_size: 2")]
    [InlineData("torch_compile: true")]
    [InlineData("lora_mlp_kernel: true")]
    [InlineData("flex_attention: true")]
    [InlineData("unfrozen_parameters: [lm_head.weight]")]
    public void A_setting_that_matters_and_is_not_modelled_is_named(string line)
    {
        var note = Assert.Single(Parse($"base_model: a/b\n{line}\n").Run.Notes);

        Assert.StartsWith($"Not modelled: {line[..line.IndexOf(':', StringComparison.Ordinal)]} in line 2", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tensor_parallel_size: 1")]
    [InlineData("torch_compile: false")]
    [InlineData("rl:")]
    [InlineData("unfrozen_parameters: []")]
    [InlineData("wandb_project: chats")]
    public void A_setting_that_is_off_or_does_not_matter_is_not(string line)
    {
        Assert.Empty(Parse($"base_model: a/b\n{line}\n").Run.Notes);
    }

    [Theory]
    [InlineData("base_model: a/b\nrl: dpo\n", "DPO")]
    [InlineData("base_model: a/b\nrl: ipo\n", "DPO")]
    [InlineData("base_model: a/b\nrl: GRPO\n", "GRPO")]
    [InlineData("base_model: a/b\nrl: orpo\n", "ORPO")]
    [InlineData("model_name_or_path: a/b\nfinetuning_type: full\nstage: dpo\n", "DPO")]
    public void A_recipe_is_taken_over(string text, string recipe)
    {
        var run = Parse(text).Run;

        Assert.Equal(recipe, run.Recipe?.Name);
        Assert.Empty(run.Notes);
    }

    [Theory]
    [InlineData("base_model: a/b\nrl: simpo\n")]
    [InlineData("model_name_or_path: a/b\nfinetuning_type: full\nstage: dpo\npref_loss: orpo\n")]
    [InlineData("model_name_or_path: a/b\nfinetuning_type: full\nstage: rm\n")]
    public void A_recipe_that_is_not_modelled_is_named(string text)
    {
        var run = Parse(text).Run;

        Assert.Null(run.Recipe);
        Assert.Contains(run.Notes, note => note.StartsWith("Not modelled: ", StringComparison.Ordinal));
    }

    private static TrainingConfiguration Read(params string[] names)
    {
        return TrainingConfiguration.FromPaths(names.Select(PathOf));
    }

    private static TrainingConfiguration Parse(string text)
    {
        return TrainingConfiguration.FromBytes("sample", Encoding.UTF8.GetBytes(text));
    }

    private static string PathOf(string name)
    {
        return ReferenceData.Carried("TrainingConfigs", name);
    }
}
