using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Estimation.RuleOfThumb;
using LlmMemory.Estimation.Serving;
using LlmMemory.Estimation.Training;
using LlmMemory.Launching;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Launching;

public sealed class LaunchRequestTests
{
    private static readonly InferenceWorkload NothingSaid = new();

    [Theory]
    [InlineData("vLLM", "model_tag")]
    [InlineData("SGLang", "--model-path")]
    [InlineData("LlamaCpp", "--model --ctx-size --n-gpu-layers")]
    public void Of_an_estimate_in_which_nothing_was_said_only_the_model_is_written_and_what_would_change_the_figures(string engine, string names)
    {
        var estimate = ServingEngines.All.Find(engine).Estimate(ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-8b")), NothingSaid);

        var document = Default(LaunchRequest.From(estimate));

        Assert.Equal(engine, document.Target);
        Assert.Equal(names.Split(' '), document.Settings.Select(setting => setting.Name));
    }

    [Fact]
    public void What_was_said_is_written_even_where_it_is_the_default()
    {
        var workload = new InferenceWorkload { ContextLength = 131072, MaxSequences = 1024, GpuMemoryUtilization = 0.9m, DeviceMemory = 80L << 30, KvCacheType = CacheTypes.BF16 };
        var estimate = ServingEngines.All.Find("vLLM").Estimate(ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-8b")), workload);

        var settings = Default(LaunchRequest.From(estimate)).Settings;

        Assert.Equal(
            "model_tag meta-llama/Llama-3.1-8B, --max-model-len 131072, --gpu-memory-utilization 0.9, --max-num-seqs 1024, --kv-cache-dtype bfloat16",
            string.Join(", ", settings));
    }

    [Fact]
    public void Ollama_has_the_context_of_one_request_and_llama_cpp_that_of_all()
    {
        var workload = new InferenceWorkload { ContextLength = 8192, Concurrency = 4, KvCacheType = CacheTypes.All.Find("q8_0") };
        var model = ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-8b"));
        var ollama = Default(LaunchRequest.From(ServingEngines.All.Find("Ollama").Estimate(model, workload)));
        var vllm = LaunchRequest.From(ServingEngines.All.Find("vLLM").Estimate(model, workload with { KvCacheType = null }));

        Assert.Equal(8192L, ollama.Settings.Single(setting => setting.Name == "PARAMETER num_ctx").Value);
        Assert.Equal("OLLAMA_NUM_PARALLEL 4; OLLAMA_KV_CACHE_TYPE q8_0", ollama.Environment.ToString());
        Assert.Equal(32768L, Write("LlamaCpp", vllm).Settings.Single(setting => setting.Name == "--ctx-size").Value);
    }

    [Theory]
    [InlineData("DDP", "torchrun")]
    [InlineData("ZeRO2", "DeepSpeed")]
    [InlineData("FSDP", "Accelerate")]
    public void A_training_goes_to_what_shards_as_it_does(string sharding, string target)
    {
        var run = new TrainingRun { DataParallel = 4, Sharding = Sharding.All.Find(sharding) };
        var estimate = TrainingFrameworks.Default.Estimate(ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-8b")), run);

        Assert.Equal(target, Default(LaunchRequest.From(estimate)).Target);
    }

    [Fact]
    public void A_training_of_megatron_names_its_own_settings_beside_torchrun()
    {
        var run = new TrainingRun { TensorParallel = 4, PipelineParallel = 2, DataParallel = 2 };
        var estimate = TrainingFrameworks.Megatron.Estimate(ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-8b")), run);

        var document = Default(LaunchRequest.From(estimate));

        Assert.Equal("--nnodes 2; --rdzv-backend c10d; --nproc-per-node 8; training_script train.py", document.Settings.ToString());
        Assert.Contains("-TensorParallel 4: torchrun has no such setting.", document.Comments);
        Assert.Equal(ErrorIds.LaunchTargetUnsuitable, ErrorOf(() => Write("DeepSpeed", LaunchRequest.From(estimate))).ErrorId);
        Assert.Equal(ErrorIds.LaunchTargetUnsuitable, ErrorOf(() => Write("Accelerate", LaunchRequest.From(estimate))).ErrorId);
    }

    [Fact]
    public void Of_a_parameter_count_schedulers_know_enough_and_engines_do_not()
    {
        var request = LaunchRequest.From(ModelEstimator.Estimate(7_000_000_000, null, EstimateMode.Training, new TrainingWorkload()));

        Assert.Contains("Memory: ", Write("Kubernetes", request).Text, StringComparison.Ordinal);
        Assert.Contains("--gpus-per-node=1", Write("Slurm", request).Text, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.LaunchNeedsModel, ErrorOf(() => Default(request)).ErrorId);
        Assert.Equal(ErrorIds.LaunchNeedsModel, ErrorOf(() => Write("torchrun", request)).ErrorId);
        Assert.Equal(ErrorIds.LaunchNeedsModel, ErrorOf(() => Write("vLLM", LaunchCases.Count)).ErrorId);
    }

    [Theory]
    [InlineData("vLLM", "Training")]
    [InlineData("Ollama", "QLoRA")]
    [InlineData("DeepSpeed", "Inference")]
    [InlineData("torchrun", "Inference")]
    public void A_target_that_does_something_else_is_refused(string target, string mode)
    {
        var request = mode == "Inference" ? LaunchCases.Vllm : LaunchCases.Zero with { Mode = mode };

        Assert.Equal((ErrorIds.LaunchTargetUnsuitable, mode), (ErrorOf(() => Write(target, request)).ErrorId, ErrorOf(() => Write(target, request)).Value));
    }

    [Fact]
    public void Stages_are_refused_by_tgi_and_fsdp_by_deepspeed()
    {
        Assert.Equal(ErrorIds.LaunchTargetUnsuitable, ErrorOf(() => Write("TGI", LaunchCases.Everything("vLLM"))).ErrorId);
        Assert.Equal(ErrorIds.LaunchTargetUnsuitable, ErrorOf(() => Write("DeepSpeed", LaunchCases.Fsdp)).ErrorId);
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(4, 3)]
    [InlineData(4, 0)]
    public void Devices_that_do_not_match_the_ranks_or_the_nodes_are_refused(int devices, int? perNode)
    {
        var error = ErrorOf(() => Write("vLLM", LaunchCases.Vllm with { GpuCount = devices, GpusPerNode = perNode }));

        Assert.Equal(ErrorIds.LaunchLayoutInvalid, error.ErrorId);
        Assert.Equal(perNode ?? devices, error.Value);
    }

    [Fact]
    public void Ranks_that_llama_cpp_does_not_have_are_named_and_not_counted()
    {
        var estimate = ServingEngines.All.Find("LlamaCpp").Estimate(
            ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-8b")), new InferenceWorkload { TensorParallel = 2, ContextLength = 4096 });

        var document = Default(LaunchRequest.From(estimate));

        Assert.Contains(document.Comments, comment => comment.StartsWith("-TensorParallel 2: llama.cpp spreads layers", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cache_that_the_target_does_not_have_is_named()
    {
        var workload = LaunchCases.Vllm.Serving! with { KvCacheType = CacheTypes.All.Find("q5_1") };

        foreach (var target in new[] { "vLLM", "SGLang", "TGI" })
        {
            var document = Write(target, LaunchCases.Vllm with { Serving = workload });

            Assert.DoesNotContain(document.Settings, setting => setting.Name == "--kv-cache-dtype");
            Assert.Contains(document.Comments, comment => comment.StartsWith("-KvCacheType q5_1: ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Generic")]
    [InlineData("TensorRT-LLM")]
    [InlineData("Transformers")]
    [InlineData("LMStudio")]
    [InlineData(null)]
    public void An_engine_without_a_start_says_that_a_target_is_to_be_said(string? engine)
    {
        Assert.Equal(ErrorIds.LaunchTargetMissing, ErrorOf(() => Default(LaunchCases.Vllm with { Engine = engine })).ErrorId);
    }

    [Fact]
    public void A_context_that_does_not_fit_64_bits_is_an_error_of_its_own()
    {
        var workload = LaunchCases.Vllm.Serving! with { ContextLength = long.MaxValue, Concurrency = 2 };

        Assert.Equal(ErrorIds.EstimateOverflow, ErrorOf(() => Write("LlamaCpp", LaunchCases.Vllm with { Serving = workload })).ErrorId);
    }

    [Fact]
    public void An_engine_that_refuses_to_start_is_named_in_the_comments()
    {
        var workload = new InferenceWorkload { DeviceMemory = 8L << 30 };
        var request = LaunchRequest.From(ServingEngines.All.Find("vLLM").Estimate(ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-8b")), workload));

        Assert.NotNull(request.Refusal);
        Assert.Contains(Default(request).Comments, comment => comment.StartsWith("vLLM refuses to start:", StringComparison.Ordinal));
    }

    private static LaunchDocument Default(LaunchRequest request)
    {
        return LaunchTargets.DefaultFor(request).Write(request);
    }

    private static LaunchDocument Write(string target, LaunchRequest request)
    {
        return LaunchTargets.All.Find(target).Write(request);
    }

    private static LlmMemoryException ErrorOf(Action action)
    {
        return Assert.Throws<LlmMemoryException>(action);
    }
}
