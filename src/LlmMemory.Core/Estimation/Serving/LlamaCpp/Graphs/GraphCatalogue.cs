using System;
using System.Collections.Generic;
using LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>The graphs that are known, by the names that llama.cpp has for architectures (src/llama-arch.cpp).</summary>
internal static class GraphCatalogue
{
    private static readonly Dictionary<string, GraphEntry> Entries = new(StringComparer.Ordinal)
    {
        ["llama"] = new(scope => new LlamaGraph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["qwen2"] = new(scope => new LlamaGraph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["qwen3"] = new(scope => new LlamaGraph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["qwen3moe"] = new(scope => new LlamaGraph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["phi3"] = new(scope => new Phi3Graph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["gemma2"] = new(scope => new Gemma2Graph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["gemma3"] = new(scope => new Gemma2Graph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["cohere2"] = new(scope => new Cohere2Graph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["llama4"] = new(scope => new Llama4Graph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["gpt-oss"] = new(scope => new GptOssGraph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["granitehybrid"] = new(scope => new GraniteHybridGraph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["falcon-h1"] = new(scope => new FalconH1Graph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["mamba"] = new(scope => new MambaGraph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["qwen3next"] = new(scope => new Qwen3NextGraph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["deepseek2"] = new(scope => new DeepSeek2Graph(scope), GraphEvidence.CpuAndDeviceLibrary),
        ["exaone"] = new(scope => new LlamaGraph(scope), GraphEvidence.CpuLibrary),
        ["internlm2"] = new(scope => new LlamaGraph(scope), GraphEvidence.CpuLibrary),
        ["ernie4_5"] = new(scope => new LlamaGraph(scope), GraphEvidence.CpuLibrary),
        ["ernie4_5-moe"] = new(scope => new SharedExpertGraph(scope), GraphEvidence.CpuLibrary),
        ["seed_oss"] = new(scope => new SeedOssGraph(scope), GraphEvidence.CpuLibrary),
        ["arcee"] = new(scope => new SquaredReluGraph(scope), GraphEvidence.CpuLibrary),
        ["smollm3"] = new(scope => new SmolLm3Graph(scope), GraphEvidence.CpuLibrary, SmolLm3Graph.Step),
        ["gemma"] = new(scope => new GemmaGraph(scope), GraphEvidence.CpuLibrary),
        ["granite"] = new(scope => new GraniteGraph(scope), GraphEvidence.CpuLibrary),
        ["granitemoe"] = new(scope => new GraniteGraph(scope), GraphEvidence.CpuLibrary),
        ["minicpm"] = new(scope => new GraniteGraph(scope), GraphEvidence.CpuLibrary),
        ["qwen2moe"] = new(scope => new Qwen2MoeGraph(scope), GraphEvidence.CpuLibrary),
        ["olmoe"] = new(scope => new OlmoeGraph(scope), GraphEvidence.CpuLibrary),
        ["olmo2"] = new(scope => new Olmo2Graph(scope), GraphEvidence.CpuLibrary),
        ["glm4"] = new(scope => new Glm4Graph(scope), GraphEvidence.CpuLibrary),
        ["phi2"] = new(scope => new Phi2Graph(scope), GraphEvidence.CpuLibrary),
        ["starcoder2"] = new(scope => new LayerNormGraph(scope), GraphEvidence.CpuLibrary),
        ["nemotron"] = new(scope => new LayerNormGraph(scope), GraphEvidence.CpuLibrary),
        ["gpt2"] = new(scope => new Gpt2Graph(scope), GraphEvidence.CpuLibrary),
        ["stablelm"] = new(scope => new StableLmGraph(scope), GraphEvidence.CpuLibrary),
        ["command-r"] = new(scope => new CommandRGraph(scope), GraphEvidence.CpuLibrary),
        ["nemotron_h"] = new(scope => new NemotronHGraph(scope), GraphEvidence.Source),
    };

    /// <summary>The graph of an architecture; null where none is known.</summary>
    /// <param name="architecture">Its name in GGUF.</param>
    public static GraphEntry? Find(string architecture)
    {
        return Entries.TryGetValue(architecture, out var entry) ? entry : null;
    }
}
