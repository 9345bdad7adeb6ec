using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Core.Tests.Serving.LlamaCpp;
using LlmMemory.Estimation.Serving.LlamaCpp;

namespace LlmMemory.Accuracy.Peers;

/// <summary>gguf-parser-go and node-llama-cpp on the rows of one GPU that holds the whole model.</summary>
internal static class LlamaCppPeers
{
    public static IEnumerable<string> Lines(IEnumerable<(BufferRow Row, LlamaCppMemory Memory)> estimates)
    {
        var models = new Dictionary<string, PeerModel>();
        PeerModel ModelOf(BufferRow row) =>
            models.TryGetValue(row.ModelFile, out var model) ? model : models[row.ModelFile] = new PeerModel(BufferTable.Carried.SpecOf(row));

        var rows = estimates.Where(estimate => estimate.Row.IsFullOffload && estimate.Row["n_ctx_eff"] <= ModelOf(estimate.Row).Number("context_length")).ToList();
        List<Peer> all = [.. rows.Select(item => new Peer(item.Row, Own(item.Memory), GgufParser.Estimate(ModelOf(item.Row), item.Row), null))];
        List<Peer> plain = [.. all.Where(peer => NodeLlamaCpp.Knows(ModelOf(peer.Row), peer.Row)).Select(peer => peer with { Node = NodeLlamaCpp.Estimate(ModelOf(peer.Row), peer.Row) })];
        yield return "### Peers, one GPU with full offload";
        yield return "Formulas of gguf-parser-go (gpustack/gguf-parser-go @02c89bf, file_estimate__llamacpp.go) and node-llama-cpp (withcatai/node-llama-cpp @9a428e5, src/gguf/insights/GgufInsights.ts), written down in tests/LlmMemory.Accuracy/Peers and computed on those of the rows above with all layers on one GPU and a context within the one that the model was made for. Errors are those of the GPU's bytes. Neither program was run.";
        yield return ErrorRow.Header
            + "\n" + Three("Weights", all, peer => peer.Row["model_gpu0"], memory => memory.Weights)
            + "\n" + Three("Caches and states", all, peer => peer.Row["kv_gpu0"], memory => memory.Cache!.Value)
            + "\n" + Three("Compute", all, peer => peer.Row["compute_gpu0"], memory => memory.Context - memory.Cache!.Value)
            + "\n" + Three("All of the GPU", all, peer => peer.Measured, memory => memory.Total);
        yield return "node-llama-cpp has one figure for cache and compute buffer, so it is compared in that; caches in f16, which is all that the version read has. It counts the states of Mamba and Falcon-H1 for each cell, a thousand times too many, so these two are left out here. Its one batch is taken to be the micro batch.";
        foreach (var isFused in new[] { true, false })
        {
            var these = plain.Where(peer => peer.Row["fa"] != 0 == isFused).ToList();
            var how = isFused ? "flash attention" : "no flash attention";
            yield return ErrorRow.Header
                + "\n" + Three($"Cache and compute, {how}", these, peer => peer.Row["kv_gpu0"] + peer.Row["compute_gpu0"], memory => memory.Context, withNode: true)
                + "\n" + Three($"All of the GPU, {how}", these, peer => peer.Measured, memory => memory.Total, withNode: true);
        }

        yield return "Not computed: partial offload, several GPUs and experts on the host, for which the peers' answers depend on settings that the rows have not; quantised and 32-bit caches of node-llama-cpp; hf-mem and accelerate, which know no GGUF buffers (they are in vLLM's section); Ollama's and LM Studio's own forecasts, which have no rows. gguf-parser-go's total has an output buffer for each token of a micro batch on the GPU; llama.cpp has its output on the host.";
    }

    private static string Three(string figure, List<Peer> peers, Func<Peer, double> measured, Func<PeerMemory, double> estimated, bool withNode = false)
    {
        string Row(string who, Func<Peer, PeerMemory> of) => ErrorRow.Percent(
            $"{figure}: {who}",
            peers.Where(peer => measured(peer) > 0).Select(peer => new ErrorSample($"{peer.Row}", (estimated(of(peer)) / measured(peer)) - 1)));
        return string.Join(
            "\n",
            withNode
                ? [Row("LlmMemory", peer => peer.Own), Row("gguf-parser-go", peer => peer.Gguf), Row("node-llama-cpp", peer => peer.Node!)]
                : new[] { Row("LlmMemory", peer => peer.Own), Row("gguf-parser-go", peer => peer.Gguf) });
    }

    private static PeerMemory Own(LlamaCppMemory memory)
    {
        var cache = memory.BytesOf(LlamaCppBufferKind.KvCache, 0) + memory.BytesOf(LlamaCppBufferKind.SlidingKvCache, 0)
            + memory.BytesOf(LlamaCppBufferKind.RecurrentState, 0);
        return new PeerMemory(memory.BytesOf(LlamaCppBufferKind.Model, 0), cache, cache + memory.BytesOf(LlamaCppBufferKind.Compute, 0), 0);
    }

    private sealed record Peer(BufferRow Row, PeerMemory Own, PeerMemory Gguf, PeerMemory? Node)
    {
        public double Measured => Row["model_gpu0"] + Row["kv_gpu0"] + Row["compute_gpu0"];
    }
}
