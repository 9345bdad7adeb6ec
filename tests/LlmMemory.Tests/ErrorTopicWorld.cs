using System;
using System.IO;
using System.Text;
using LlmMemory.Core.Tests;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Core.Tests.Hardware;
using LlmMemory.Core.Tests.Hub;
using LlmMemory.Core.Tests.Safetensors;
using LlmMemory.Tests.Hosting;
using LlmMemory.Tests.Models;

namespace LlmMemory.Tests;

/// <summary>The files, the stores and the hub that the examples of the topic on errors speak of.</summary>
internal sealed class ErrorTopicWorld : IDisposable
{
    private const string Calibration =
        """
        { "schema": "llm-memory-calibration", "version": 1, "savedAt": "2026-11-24T22:30:00Z", "engine": "vLLM", "engineVersion": "0.19",
          "rulesVersion": "0.19", "deviceMemory": null, "logs": [ { "name": "vllm.log", "model": "llama-3.1-8b", "tensorParallel": 1,
          "pipelineParallel": 1, "figures": [ { "name": "CUDA graphs", "estimated": 1028653056, "measured": 891205714 } ] } ] }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly EnvironmentVariables _variables;
    private readonly FakeServer _hub = new(Answer);

    public ErrorTopicWorld()
    {
        _variables = EnvironmentVariables.OfNewUser(_folder.Path);
        _variables["HF_ENDPOINT"] = _hub.Address;
        _folder.Write(".ollama/models/manifests/registry.ollama.ai/library/cut/1b", "{");
        Write(".lmstudio/models/good/Sample-GGUF/sample.gguf", LocalStoreBuilder.Gguf);
        WriteSafetensors();
        WriteGguf();
        WriteConfigs();
        WriteLogs();
        WriteTrainingConfigs();
        WriteTools();
    }

    public string Folder => _folder.Path;

    /// <summary>An example whose addresses are those of servers that are there.</summary>
    public string Fill(string example)
    {
        return example
            .Replace("https://hub.example", _hub.Address, StringComparison.Ordinal)
            .Replace("https://web.example", _hub.Address + "/web", StringComparison.Ordinal)
            .Replace("https://down.example", "http://127.0.0.1:1", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _variables.Dispose();
        _hub.Dispose();
        _folder.Dispose();
    }

    private static FakeReply Answer(FakeRequest request)
    {
        return request switch
        {
            { Token: "Bearer hf_withdrawn" } => FakeReply.Error(401),
            { Path: var path } when path.StartsWith("/web/", StringComparison.Ordinal) => FakeReply.Json("<html></html>"),
            { Path: var path } when path.Contains("acme/busy", StringComparison.Ordinal) => FakeReply.Error(429, header: "Retry-After", value: "3600"),
            { Path: var path } when path.Contains("Qwen3-9B", StringComparison.Ordinal) => FakeReply.Error(404, "RepoNotFound"),
            { Path: var path } when path.EndsWith("/mian", StringComparison.Ordinal) => FakeReply.Error(404, "RevisionNotFound"),
            { Path: var path, Token: null } when path.Contains("meta-llama", StringComparison.Ordinal) => FakeReply.Error(401, "GatedRepo"),
            { Path: var path } when path.StartsWith("/api/models/", StringComparison.Ordinal) =>
                FakeReply.Json($$"""{"sha":"{{FakeHub.Commit}}","siblings":[{"rfilename":"config.json"}]}"""),
            _ => FakeReply.Json(TinyModel.Config),
        };
    }

    private void WriteSafetensors()
    {
        var whole = TinyModel.SafetensorsBytes();
        Write("Llama-3.1-8B/config.json", TinyModel.ConfigBytes);
        Write("Llama-3.1-8B/model.safetensors", whole);
        Write("bare.safetensors", whole);
        Write("half.safetensors", whole[..(whole.Length / 2)]);
        Write("half/model-00001-of-00002.safetensors", whole);
        var packed = new SafetensorsBuilder()
            .Add("model.layers.0.mlp.up_proj.qweight", "I32", 32, 128)
            .Add("model.layers.0.mlp.up_proj.scales", "F16", 2, 128);
        Write("packed.safetensors", [.. packed.Header(), .. new byte[packed.DataLength]]);
        Write("packed/model.safetensors", [.. packed.Header(), .. new byte[packed.DataLength]]);
        _folder.Write("packed/config.json", """{"model_type":"llama","quantization_config":{"quant_method":"gptq","bits":4,"group_size":128}}""");
        _folder.Write("outside/model.safetensors.index.json", """{"weight_map":{"lm_head.weight":"../other.safetensors"}}""");
    }

    private void WriteGguf()
    {
        var whole = LocalStoreBuilder.Gguf;
        Write("whole.gguf", whole);
        Write("half.gguf", whole[..(whole.Length / 2)]);
        Write("old.gguf", [.. Encoding.ASCII.GetBytes("GGUF"), 1, 0, 0, 0, .. new byte[64]]);
        Write("bare.gguf", new GgufBuilder().Header());
        Write("half-00001-of-00002.gguf", new GgufBuilder().Add("general.architecture", "llama").Add("split.count", 2u).Header());
        var newest = new GgufBuilder()
            .Add("general.architecture", "deepseek4")
            .Add("deepseek4.block_count", 1u)
            .Add("deepseek4.embedding_length", 64u)
            .Add("deepseek4.attention.head_count", 4u)
            .Tensor("token_embd.weight", 0, 32768, 64, 128)
            .Tensor("blk.0.attn_q.weight", 0, 16384, 64, 64);
        Write("newest.gguf", [.. newest.Header(), .. new byte[newest.DataLength]]);
        Write("several/model-Q4_K_M.gguf", whole);
        Write("several/model-Q8_0.gguf", whole);
    }

    private void WriteConfigs()
    {
        _folder.Write("huge/config.json", string.Empty);
        using (var huge = File.OpenWrite(_folder.At("huge/config.json")))
        {
            huge.SetLength(20 << 20);
        }

        Directory.CreateDirectory(_folder.At("circle"));
        File.CreateSymbolicLink(_folder.At("circle/config.json"), _folder.At("circle/config.json"));
    }

    // An example that puts a folder of tools on the path does so for the process: the path is put back with the rest.
    private void WriteTools()
    {
        _variables["PATH"] = Environment.GetEnvironmentVariable("PATH");
        const string Query = "--query-gpu=index,name,uuid,driver_version,memory.total,memory.used,memory.free,mig.mode.current --format=csv,noheader,nounits";
        const string Processes = "--query-compute-apps=gpu_uuid,pid,process_name,used_memory --format=csv,noheader,nounits";
        const string Gpu = "0, NVIDIA L4, GPU-1, 580.65.06, 23034, 1, 22477, Disabled\n";
        Directory.CreateDirectory(_folder.At("tools/none"));
        FakeTools.In(_folder.At("tools/good")).Answer("nvidia-smi", Query, Gpu).Answer("nvidia-smi", Processes, string.Empty);
        FakeTools.In(_folder.At("tools/unloaded")).Answer("nvidia-smi", Query, "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n", exitCode: 9);
        FakeTools.In(_folder.At("tools/slow")).Script("nvidia-smi", Query, $"/bin/sleep 2; echo '{Gpu.Trim()}'").Answer("nvidia-smi", Processes, string.Empty);
        FakeTools.In(_folder.At("tools/other")).Answer("nvidia-smi", Query, "Welcome to another tool\n");
    }

    private void WriteLogs()
    {
        _folder.Write("vllm.log", "INFO Model loading took 14.9889 GiB and 18.2 seconds\n");
        _folder.Write("profile.log", "INFO torch peak memory increase: 1.92GiB; non-torch forward increase memory: 0.28GiB; weights memory: 14.99GiB.\n");
        _folder.Write("h100.json", Calibration);
        Directory.CreateDirectory(_folder.At("logs"));
        using var months = File.OpenWrite(_folder.At("months.log"));
        months.SetLength(600L << 20);
    }

    private void WriteTrainingConfigs()
    {
        _folder.Write("full.yml", "base_model: gpt2\nsequence_len: 512\nmicro_batch_size: 2\n");
        _folder.Write("qlora.yml", "base_model: gpt2\nadapter: qlora\nload_in_4bit: true\nlora_r: 8\nlora_target_linear: true\n");
        _folder.Write("tabs.yml", "base_model: gpt2\nfsdp_config:\n\tfsdp_offload_params: true\n");
        _folder.Write("notes.yml", "todo: buy more GPUs\n");
        _folder.Write("zero.yml", "base_model: gpt2\nmicro_batch_size: 0\n");
        _folder.Write("ds_config.json", """{"zero_optimization": {"stage": 2}, "gradient_accumulation_steps": 4}""");
        _folder.Write("eight.yml", "base_model: gpt2\ngradient_accumulation_steps: 8\n");
    }

    private void Write(string relative, byte[] bytes)
    {
        var path = _folder.At(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
